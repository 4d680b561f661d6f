import { CalendarSearch } from "lucide-react";
import { PublicShell } from "@/components/booking/public-shell";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <PublicShell>
      <title>Not found · Calends</title>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={CalendarSearch}
        title="There is nothing at this address"
        description="It may have been moved, or a letter got lost on the way. Please check the link you were given."
        className="py-24"
      />
    </PublicShell>
  );
}
