import { Workflow } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

/** For a run that was forgotten, and for a host who is no administrator. */
export default function NotFound() {
  return (
    <Card>
      <title>Not found · Calends</title>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Workflow}
        title="There is nothing at this address"
        description="Administrators find runs here: those that failed for 90 days, others for 30."
        action={
          <ButtonLink href="/sync" size="sm">
            Sync history
          </ButtonLink>
        }
      />
    </Card>
  );
}
