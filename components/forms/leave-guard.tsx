"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";

/** While there is something unsaved: asks before a link, the back button or closing the page loses it. */
export function LeaveGuard({ isOn }: { isOn: boolean }) {
  const { push } = useRouter();
  const [leave, setLeave] = useState<{ go: () => void } | null>(null);
  useEffect(() => {
    if (!isOn) return;
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("beforeunload", (event) => event.preventDefault(), { signal });
    // Before React sees it: a Link would be on its way already.
    document.addEventListener(
      "click",
      (event) => {
        const href = hrefOf(event);
        if (href === null) return;
        event.preventDefault();
        event.stopPropagation();
        setLeave({ go: () => push(href as Route) });
      },
      { signal, capture: true },
    );
    const navigation = findNavigation();
    let isLeaving = false;
    navigation?.addEventListener(
      "navigate",
      (event) => {
        const { navigationType, destination } = event as NavigateEvent;
        if (isLeaving || navigationType !== "traverse" || !event.cancelable) return;
        event.preventDefault();
        const go = () => {
          isLeaving = true;
          navigation.traverseTo(destination.key);
        };
        setLeave({ go });
      },
      { signal },
    );
    return () => stop.abort();
  }, [isOn, push]);

  return (
    <Dialog
      title="Leave without saving?"
      description="What you changed on this page is lost then."
      open={leave !== null}
      onOpenChange={(isOpen) => !isOpen && setLeave(null)}
      footer={
        <>
          <DialogClose render={<Button>Keep editing</Button>} />
          <Button
            variant="danger"
            onClick={() => {
              setLeave(null);
              leave?.go();
            }}
          >
            Leave
          </Button>
        </>
      }
    />
  );
}

/** Where a click leads within this tab; null when it leads nowhere else. */
function hrefOf(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return null;
  if (link.target !== "" && link.target !== "_self") return null;
  if (link.origin !== location.origin) return null;
  if (link.pathname === location.pathname && link.search === location.search) return null;
  return `${link.pathname}${link.search}${link.hash}`;
}

// TypeScript's DOM does not have the Navigation API yet, and older browsers do not either.
type NavigateEvent = Event & { navigationType: string; destination: { key: string } };
type Navigation = EventTarget & { traverseTo: (key: string) => unknown };

function findNavigation(): Navigation | undefined {
  return (window as unknown as { navigation?: Navigation }).navigation;
}
