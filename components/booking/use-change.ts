"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { callApi } from "./api";

/** Sends a change of the visitor's own booking, and shows the booking once it is made. Repeating it does no harm. */
export function useChange<Input extends object>(token: string, verb: "cancel" | "move") {
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: (input: Input) =>
      callApi(`/api/v1/bookings/${token}/${verb}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
      }),
    onSuccess: () => router.push(`/booking/${token}`),
  });
  return {
    send: mutation.mutate,
    reset: mutation.reset,
    error: mutation.error,
    // The page stays busy until the next one is there.
    isBusy: mutation.isPending || mutation.isSuccess,
  };
}
