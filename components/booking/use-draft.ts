"use client";

import { useCallback, useState } from "react";
import type { BookingPage } from "@/lib/booking/public";
import { recall, remember } from "./storage";

/** What the visitor typed, answers by question. Kept while the tab lives, so neither a taken slot nor a reload loses it. */
export type Draft = {
  name: string;
  email: string;
  phone: string;
  note: string;
  answers: Record<string, string | boolean>;
};
const nothing: Draft = { name: "", email: "", phone: "", note: "", answers: {} };

export function useDraft(): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => ({ ...nothing, ...recall<Draft>("sessionStorage", "visitor") }));
  const change = useCallback((part: Partial<Draft>) => {
    setDraft((now) => {
      const next = { ...now, ...part, answers: { ...now.answers, ...part.answers } };
      rememberDraft(next);
      return next;
    });
  }, []);
  return [draft, change];
}

export function rememberDraft(draft: Partial<Draft>): void {
  remember("sessionStorage", "visitor", draft);
}

type Asked = Pick<BookingPage["eventType"], "questions" | "locationKind">;
/** By the name of the field, which is also what the server calls it. */
export type DraftErrors = Record<string, string>;

export const answerField = (questionId: string) => `answers.${questionId}`;

/** In the order of the form. */
export function fieldsOf({ questions, locationKind }: Asked): string[] {
  const phone = locationKind === "visitor_phone" ? ["phone"] : [];
  return ["name", "email", ...phone, ...questions.map(({ id }) => answerField(id)), "note"];
}

/** What can be said before asking the server, which has the last word (lib/booking/schema). */
export function checkDraft(draft: Draft, { questions, locationKind }: Asked): DraftErrors {
  const { name, email, phone, note, answers } = draft;
  const errors: DraftErrors = {};
  if (!name.trim()) errors.name = "Please tell us your name.";
  if (!email.trim()) errors.email = "Please give an e-mail address.";
  else if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email.trim()))
    errors.email = "This does not look like an e-mail address, such as name@example.org.";
  if (locationKind === "visitor_phone") {
    if (!phone.trim()) errors.phone = "Please give the number to call you at.";
    else if (!/^\+?[\d\s()./-]+$/.test(phone.trim()) || phone.replace(/\D/g, "").length < 5)
      errors.phone = "Please write the number with digits, as in +32 470 12 34 56.";
  }
  for (const { id, kind, isRequired } of questions) {
    const answer = answers[id];
    const isAnswered = typeof answer === "string" ? answer.trim() !== "" : answer === true;
    if (isRequired && !isAnswered) errors[answerField(id)] = missing[kind];
  }
  if (note.trim().length > 2000) errors.note = "Please keep the note under 2,000 characters.";
  return errors;
}

const missing = {
  line: "Please answer this question.",
  text: "Please answer this question.",
  choice: "Please choose one.",
  checkbox: "Please tick this box to go on.",
};

/** The answers to what is asked here; the draft may hold those to another event type's questions. */
export function answersTo({ questions }: Pick<Asked, "questions">, draft: Draft): Draft["answers"] {
  const answers: Draft["answers"] = {};
  for (const { id, kind } of questions) {
    const answer = draft.answers[id];
    if (kind === "checkbox") answers[id] = answer === true;
    else if (typeof answer === "string" && answer.trim()) answers[id] = answer.trim();
  }
  return answers;
}
