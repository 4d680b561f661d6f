"use client";

import { useCallback, useState } from "react";
import { recall, remember } from "./storage";

/** What the visitor typed. Kept while the tab lives, so neither a taken slot nor a reload loses it. */
export type Draft = { name: string; email: string; note: string };
const nothing: Draft = { name: "", email: "", note: "" };

export function useDraft(): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => ({ ...nothing, ...recall<Draft>("sessionStorage", "visitor") }));
  const change = useCallback((part: Partial<Draft>) => {
    setDraft((now) => {
      const next = { ...now, ...part };
      rememberDraft(next);
      return next;
    });
  }, []);
  return [draft, change];
}

export function rememberDraft(draft: Draft): void {
  remember("sessionStorage", "visitor", draft);
}

export type DraftErrors = Partial<Record<keyof Draft, string>>;

/** What can be said before asking the server, which has the last word (lib/booking/schema). */
export function checkDraft({ name, email, note }: Draft): DraftErrors {
  const errors: DraftErrors = {};
  if (!name.trim()) errors.name = "Please tell us your name.";
  if (!email.trim()) errors.email = "Please give an e-mail address.";
  else if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email.trim()))
    errors.email = "This does not look like an e-mail address, such as name@example.org.";
  if (note.trim().length > 2000) errors.note = "Please keep the note under 2,000 characters.";
  return errors;
}
