import clsx from "clsx";
import { Server } from "lucide-react";
import type { Connection } from "@/lib/connections/list";

/** Whose account this is, as a picture beside its name. */
export function ProviderMark({
  provider,
  size = "md",
}: {
  provider: Connection["provider"];
  size?: "sm" | "md";
}) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "grid shrink-0 place-items-center border border-line bg-raised text-muted",
        size === "md" ? "size-11 rounded-md [&>svg]:size-5.5" : "size-6 rounded-sm [&>svg]:size-3.5",
      )}
    >
      {provider === "google" ? <GoogleMark /> : <Server />}
    </span>
  );
}

/** The letter in the four colours by which everybody knows it. */
export function GoogleMark() {
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <path
        fill="#4285f4"
        d="M45.1 24.5c0-1.6-.1-3.1-.4-4.5H24v8.5h11.8a10 10 0 0 1-4.4 6.6v5.5h7.1c4.2-3.8 6.6-9.5 6.6-16.1Z"
      />
      <path
        fill="#34a853"
        d="M24 46c6 0 11-2 14.5-5.4l-7.1-5.5c-2 1.3-4.5 2.1-7.4 2.1-5.7 0-10.6-3.9-12.3-9.1H4.3v5.7A22 22 0 0 0 24 46Z"
      />
      <path fill="#fbbc05" d="M11.7 28.1a13.2 13.2 0 0 1 0-8.4V14H4.3a22 22 0 0 0 0 19.8l7.4-5.7Z" />
      <path
        fill="#ea4335"
        d="M24 10.8c3.2 0 6.1 1.1 8.4 3.3l6.3-6.3A21.9 21.9 0 0 0 4.3 14l7.4 5.7C13.4 14.6 18.3 10.8 24 10.8Z"
      />
    </svg>
  );
}
