"use client";

import { Toast } from "@base-ui/react/toast";
import clsx from "clsx";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import type { ReactNode } from "react";

/** Once, around what may call useToast. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider timeout={6000}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="pointer-events-none fixed inset-x-4 bottom-4 z-60 flex flex-col-reverse gap-2 sm:left-auto sm:w-96">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

type Undo = { label: string; act: () => void };

/**
 * `toast("Saved")`, `toast("Could not reach the server.", "danger")`. Errors that need reading stay on the page; what can
 * be taken back for a while has `undo`.
 */
export function useToast(): (message: string, tone?: "success" | "danger", undo?: Undo) => void {
  const { add, close } = Toast.useToastManager();
  return (message, tone = "success", undo) => {
    const id = add({
      title: message,
      type: tone,
      priority: tone === "danger" ? "high" : "low",
      ...(undo && {
        timeout: 10_000,
        actionProps: {
          children: undo.label,
          onClick: () => {
            close(id);
            undo.act();
          },
        },
      }),
    });
  };
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => {
    const failed = toast.type === "danger";
    const Icon = failed ? CircleAlert : CircleCheck;
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={["down", "right"]}
        className="pointer-events-auto rounded-md bg-raised text-ink shadow-pop transition duration-200 data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0 data-limited:hidden"
      >
        <Toast.Content className="flex items-start gap-3 py-1.5 pr-1.5 pl-4">
          <Icon
            aria-hidden="true"
            className={clsx("mt-3 size-5 shrink-0", failed ? "text-danger" : "text-success")}
          />
          <Toast.Title render={<p />} className="min-w-0 flex-1 py-2.5 text-[0.9375rem]" />
          <Toast.Action className="min-h-11 shrink-0 rounded-md px-3 font-medium text-[0.9375rem] text-accent-text hover:bg-accent-soft" />
          <Toast.Close
            aria-label="Dismiss"
            className="grid size-11 shrink-0 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
