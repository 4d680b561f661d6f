"use client";

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";

const name = "calendar-keys";

/** Single keys that act on the whole page. Who speaks to their computer may have to switch them off (WCAG 2.1.4). */
export function useKeys(acts: Record<string, () => void>, isOn: boolean): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest(typing)) return;
    const act = acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => pressed(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isOn]);
}

const typing =
  'input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether this browser's user wants them. */
export function useKeysWanted(): [boolean, (isWanted: boolean) => void] {
  const isWanted = useSyncExternalStore(watch, read, () => true);
  return [
    isWanted,
    (next) => {
      try {
        localStorage.setItem(name, next ? "on" : "off");
      } catch {
        // A browser that keeps nothing keeps them on.
      }
      for (const listener of listeners) listener();
    },
  ];
}

const listeners = new Set<() => void>();
function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function read(): boolean {
  try {
    return localStorage.getItem(name) !== "off";
  } catch {
    return true;
  }
}
