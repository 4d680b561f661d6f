import { env } from "@/lib/env";

/** The address of a host's booking page; null until they have a handle. */
export function bookingPageUrl({ handle }: { handle: string | null }): string | null {
  return handle === null ? null : `${bookingPagesUrl()}/${handle}`;
}

/** What all of those addresses begin with. */
export function bookingPagesUrl(): string {
  return `${env().APP_URL}/book`;
}
