"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import clsx from "clsx";
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";

type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children?: ReactNode;
  /** Buttons, the main one last. Wrap the one that only leaves in DialogClose. */
  footer?: ReactNode;
  /** A whole form: it fills a phone, and has more room elsewhere. */
  isFull?: boolean;
  /** Two things side by side. */
  isWide?: boolean;
};

/** Takes the page's focus, gives it back when closed, and closes with Escape. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  children,
  footer,
  ...size
}: DialogProps) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange: (next: boolean) => onOpenChange(next) } : {})}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={clsx(
            size.isWide ? "max-w-2xl" : "max-w-lg",
            size.isFull ? "max-sm:h-dvh max-sm:rounded-none sm:max-h-[92dvh]" : "max-h-[92dvh]",
            "fixed inset-x-0 bottom-0 z-50 mx-auto flex w-full flex-col rounded-t-xl bg-raised text-ink shadow-pop transition duration-150 data-nested-dialog-open:after:absolute data-nested-dialog-open:after:inset-0 data-nested-dialog-open:after:rounded-[inherit] data-nested-dialog-open:after:bg-veil data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:bottom-auto sm:top-1/2 sm:-translate-y-1/2 sm:rounded-xl sm:data-ending-style:-translate-y-[calc(50%-0.5rem)] sm:data-starting-style:-translate-y-[calc(50%-0.5rem)]",
          )}
        >
          <div className="flex items-start justify-between gap-4 p-5 sm:p-6 sm:pb-5">
            <div className="flex flex-col gap-1">
              <Base.Title className="font-semibold text-lg leading-6">{title}</Base.Title>
              {description && <Base.Description className="text-muted">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mt-2 -mr-2 grid size-11 shrink-0 place-items-center rounded-md text-muted transition-colors hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden="true" className="size-5" />
            </Base.Close>
          </div>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5 sm:px-6">{children}</div>}
          {footer && (
            <div
              className={clsx(
                "flex gap-3 border-line border-t sm:flex-row sm:justify-end sm:px-6 sm:py-4",
                // What fills the phone keeps its room for the form.
                size.isFull ? "justify-end px-5 py-3" : "flex-col-reverse p-5",
              )}
            >
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Makes a button inside a Dialog close it: `<DialogClose render={<Button>Cancel</Button>} />`. */
export function DialogClose({ render }: { render: ReactElement }) {
  return <Base.Close render={render} />;
}
