import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** The frame around signing in: one thing to do, in the middle. */
export function AuthShell({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col items-center max-sm:bg-surface sm:px-6 sm:py-[clamp(2.5rem,10vh,7rem)]">
      <main className="flex w-full max-w-md flex-col gap-8 px-5 py-8 sm:rounded-xl sm:border sm:border-line sm:bg-surface sm:p-10 sm:shadow-card">
        <Logo />
        <header className="flex flex-col gap-2">
          <h1 className="font-semibold text-2xl leading-tight">{title}</h1>
          {description && <p className="text-muted">{description}</p>}
        </header>
        {children}
      </main>
    </div>
  );
}
