import { serve } from "inngest/next";
import { env } from "@/lib/env";
import { inngest } from "../client";
import { functions } from "../index";

export const servePath = "/api/inngest";
let handler: ReturnType<typeof serve> | undefined;

/** Our functions over HTTP, for the Inngest server. */
export function serveFunctions(): ReturnType<typeof serve> {
  // Anybody may ask us to register again, so the address that is registered comes from us and never from a request.
  handler ??= serve({ client: inngest, functions, serveOrigin: serveOrigin(), servePath });
  return handler;
}

export const serveOrigin = () => env().INNGEST_SERVE_ORIGIN ?? env().APP_URL;
