import { CircleStop, RotateCcw } from "lucide-react";
import type { Route } from "next";
import type { ActionResult } from "@/lib/action";
import type { RunDetails } from "@/lib/runs/find";
import { ConfirmButton } from "./confirm-button";

type Props = {
  run: RunDetails;
  retry: () => Promise<ActionResult<Route | undefined>>;
  cancel: () => Promise<ActionResult<Route | undefined>>;
};

/** What can be done about a run in its state. */
export function RunActions({ run, retry, cancel }: Props) {
  if (run.status === "running")
    return (
      <ConfirmButton
        label={
          <>
            <CircleStop aria-hidden="true" />
            Cancel run
          </>
        }
        title="Cancel this run?"
        description="Nothing more of it is started, and what a step under way brings is dropped. What was done stays done."
        keep="Keep it running"
        doIt="Cancel run"
        done="Run cancelled"
        variant="danger"
        act={cancel}
      />
    );
  if (run.status === "completed" || run.repeatedBy) return null;
  return (
    <ConfirmButton
      label={
        <>
          <RotateCcw aria-hidden="true" />
          Retry
        </>
      }
      title="Retry from the start?"
      description="A new run starts from the same event, and every step runs again. This one stays as it is."
      keep="Not now"
      doIt="Start new run"
      done="A new run has started"
      variant="primary"
      act={retry}
    />
  );
}
