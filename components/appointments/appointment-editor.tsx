"use client";

import { Trash2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { ProjectNode } from "@/lib/projects/list";
import type { Clock } from "@/lib/time";
import { AppointmentForm } from "./appointment-form";
import type { CalendarActions } from "./calendar-actions";
import { ConflictDialog } from "./conflict-dialog";
import type { Draft } from "./draft";
import { RangeDialog } from "./range-dialog";
import { nameIn } from "./source";
import { type Before, useEditor } from "./use-editor";

type Props = {
  before: Before | null;
  base: Draft;
  isOpen: boolean;
  actions: CalendarActions;
  projects: ProjectNode[];
  clock: Clock;
  onClose: () => void;
  onChanged: () => void;
  children?: ReactNode;
};

/** The form of an appointment in its dialog, with what may have to be asked before it is saved. */
export function AppointmentEditor({ before, base: given, isOpen, actions, projects, clock, ...rest }: Props) {
  const { onClose, onChanged, children } = rest;
  const id = useId();
  // What was read when it was opened: that is what somebody changes.
  const [base] = useState(given);
  const [leaves, setLeaves] = useState<"delete" | "discard" | null>(null);
  const editor = useEditor({
    before,
    base,
    actions,
    onDone: () => {
      onChanged();
      onClose();
    },
  });
  const { draft, errors, refusals, asking, clash, isPending } = editor;

  return (
    <Dialog
      title={before ? "Appointment" : "New appointment"}
      open={isOpen}
      onOpenChange={(next) => !next && (editor.isDirty ? setLeaves("discard") : onClose())}
      isFull
      footer={
        <>
          {before && (
            <Button
              variant="quiet"
              className="text-danger! hover:bg-danger-soft! sm:me-auto"
              onClick={() => (editor.repeats ? editor.ask("delete") : setLeaves("delete"))}
            >
              <Trash2 aria-hidden="true" />
              Delete
            </Button>
          )}
          <DialogClose render={<Button>Cancel</Button>} />
          <Button type="submit" form={id} variant="primary" loading={isPending && !asking && !clash}>
            Save
          </Button>
        </>
      }
    >
      <AppointmentForm
        {...{ id, draft, errors, refusals, projects, clock }}
        onChange={editor.change}
        onSubmit={editor.save}
      >
        {children}
      </AppointmentForm>
      <RangeDialog
        about={asking}
        hasThis={asking === "delete" || editor.hasThis}
        isPending={isPending}
        onChoose={editor.choose}
        onClose={() => editor.ask(null)}
      />
      {clash && (
        <ConflictDialog
          {...{ clash, clock, isPending }}
          nameOf={nameIn(projects)}
          refusal={errors.form ?? null}
          onSave={editor.settle}
          onBack={editor.leaveClash}
        />
      )}
      <LeaveDialog
        about={leaves}
        title={draft.title}
        isPending={isPending}
        onDiscard={onClose}
        onDelete={() => {
          setLeaves(null);
          editor.remove();
        }}
        onStay={() => setLeaves(null)}
      />
    </Dialog>
  );
}

type LeaveProps = {
  about: "delete" | "discard" | null;
  title: string;
  isPending: boolean;
  onDiscard: () => void;
  onDelete: () => void;
  onStay: () => void;
};

function LeaveDialog({ about, title, isPending, onDiscard, onDelete, onStay }: LeaveProps) {
  const isDelete = about === "delete";
  return (
    <Dialog
      title={isDelete ? `Delete “${title}”?` : "Close without saving?"}
      description={
        isDelete ? "It goes from every calendar it was copied to." : "What you typed is lost then."
      }
      open={about !== null}
      onOpenChange={(isOpen) => !isOpen && onStay()}
      footer={
        <>
          <DialogClose render={<Button>{isDelete ? "Keep it" : "Keep editing"}</Button>} />
          <Button variant="danger" loading={isPending} onClick={isDelete ? onDelete : onDiscard}>
            {isDelete ? "Delete" : "Discard"}
          </Button>
        </>
      }
    />
  );
}
