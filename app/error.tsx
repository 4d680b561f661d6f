"use client";

import { CloudAlert } from "lucide-react";
import { useEffect } from "react";
import { PublicShell } from "@/components/booking/public-shell";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <PublicShell>
      <h1 className="sr-only">Something went wrong</h1>
      <div role="alert">
        <EmptyState
          icon={CloudAlert}
          title="Something went wrong on our side"
          description="Nothing you entered earlier is lost. Trying again often helps."
          action={
            <Button variant="primary" onClick={() => retry()}>
              Try again
            </Button>
          }
          className="py-24"
        />
      </div>
    </PublicShell>
  );
}
