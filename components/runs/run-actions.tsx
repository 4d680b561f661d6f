"use client";

import { CircleStop, RotateCcw } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { RunDetails } from "@/lib/runs/find";

/** May answer with the page to go on to. */
type Act = () => Promise<ActionResult<Route | undefined>>;
type Props = { run: RunDetails; retry: Act; cancel: Act };

const unanswered = "Look at the run before you try again.";

/** What can be done about a run in its state. */
export function RunActions({ run, retry, cancel }: Props) {
  const tell = useTell();
  if (run.status === "running")
    return (
      <ConfirmDialog
        trigger={
          <Button>
            <CircleStop aria-hidden="true" />
            Cancel run
          </Button>
        }
        title="Cancel this run?"
        description="Nothing more of it is started, and what a step under way brings is dropped. What was done stays done."
        keep="Keep it running"
        label="Cancel run"
        act={() => tell(cancel, "Run cancelled")}
        unanswered={unanswered}
      />
    );
  if (run.status === "completed" || run.repeatedBy) return null;
  return (
    <ConfirmDialog
      trigger={
        <Button>
          <RotateCcw aria-hidden="true" />
          Retry
        </Button>
      }
      title="Retry from the start?"
      description="A new run starts from the same event, and every step runs again. This one stays as it is."
      keep="Not now"
      label="Start new run"
      variant="primary"
      act={() => tell(retry, "A new run has started")}
      unanswered={unanswered}
    />
  );
}

/** Does it, says so in a toast, and shows where that has led. */
function useTell() {
  const toast = useToast();
  const router = useRouter();
  return async (act: Act, done: string): Promise<ActionResult<void>> => {
    const result = await act();
    if (!result.ok) return result;
    toast(done);
    if (result.data) router.push(result.data);
    else router.refresh();
    return { ok: true, data: undefined };
  };
}
