import { LogOut } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";

type Props = { name: string; email: string; signOut: () => Promise<void> };

export function Account({ name, email, signOut }: Props) {
  return (
    <div className="flex items-center gap-3 px-1">
      <Avatar name={name} className="size-9 text-sm" />
      <div className="flex min-w-0 flex-1 flex-col leading-5">
        <span className="truncate font-medium text-[0.9375rem]">{name}</span>
        <span className="truncate text-muted text-sm">{email}</span>
      </div>
      <form action={signOut}>
        <button
          type="submit"
          aria-label="Sign out"
          title="Sign out"
          className="grid size-11 place-items-center rounded-md text-muted transition-colors hover:bg-sunken hover:text-ink"
        >
          <LogOut aria-hidden="true" className="size-4.5" />
        </button>
      </form>
    </div>
  );
}
