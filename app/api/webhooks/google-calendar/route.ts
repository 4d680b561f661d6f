import { handleNotification } from "@/lib/channels/notification";
import { noteStray } from "@/lib/channels/strays";
import { route } from "@/lib/http";

/** Google says that a calendar changed, never what; there is nothing in the body. */
export const POST = route(async ({ headers }: Request): Promise<Response> => {
  const notified = await handleNotification(headers, new Date());
  if (notified.stray) await noteStray(headers, notified);
  return new Response(null, { status: notified.status, headers: { "cache-control": "no-store" } });
});
