"use client";

import { CloudAlert } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <div role="alert">
      <h1 className="sr-only">Something went wrong</h1>
      <EmptyState
        icon={CloudAlert}
        title="This page could not be put together"
        description="Something went wrong on our side; the server's log says what. Nothing was changed."
        action={
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
        }
        className="py-24"
      />
    </div>
  );
}
