"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { callApi } from "./api";
import { formToken } from "./form-token";
import type { PageAddress } from "./slots-query";
import { forget, recall, remember } from "./storage";
import type { Draft } from "./use-draft";

/** What `POST /api/v1/bookings` takes, but for the key. */
type Submission = PageAddress &
  Omit<Draft, "phone"> & {
    start: string;
    durationMinutes: number;
    timeZone: string;
    /** BCP 47; mails write dates and clocks its way. */
    language: string;
    phone?: string;
    website: string;
  };

/** Submits once, however often the button is pressed; a retry after silence is the same booking. */
export function useSubmit() {
  const router = useRouter();
  const isUnderWay = useRef(false);
  const mutation = useMutation({
    mutationFn: (submission: Submission) => book(submission),
    onSuccess: ({ booking }) => router.push(`/booking/${booking.token}`),
    onError: () => {
      isUnderWay.current = false;
    },
  });
  function submit(submission: Submission) {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutation.mutate(submission);
  }
  // The page stays busy until the next one is there.
  return {
    submit,
    reset: mutation.reset,
    error: mutation.error,
    isBusy: mutation.isPending || mutation.isSuccess,
  };
}

async function book(submission: Submission) {
  const form = await formToken();
  return callApi<{ booking: { token: string } }>("/api/v1/bookings", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...submission, form, idempotencyKey: keyFor(submission) }),
  });
}

type Attempt = { about: string; key: string };

/** One key per slot of a page, kept over a reload: the answer that got lost may have been a yes. */
function keyFor({ host, eventType, start, durationMinutes }: Submission): string {
  const about = `${host}/${eventType}/${start}/${durationMinutes}`;
  const last = recall<Attempt>("sessionStorage", "attempt") ?? attempt;
  if (last?.about === about) return last.key;
  attempt = { about, key: randomUuid() };
  remember("sessionStorage", "attempt", attempt);
  return attempt.key;
}

/** For browsers that refuse to keep it. */
let attempt: Attempt | null = null;

/** Once a booking was refused for good, the next try for the same slot is a new one. */
export function forgetAttempt(): void {
  attempt = null;
  forget("sessionStorage", "attempt");
}

/** `crypto.randomUUID` is missing on plain http, where some run this in their own network. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes.set([((bytes[6] ?? 0) & 0x0f) | 0x40], 6);
  bytes.set([((bytes[8] ?? 0) & 0x3f) | 0x80], 8);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
