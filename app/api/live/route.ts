import { z } from "zod";
import { getViewer } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { openStream } from "@/lib/live/stream";
import { parseInput } from "@/lib/parse";
import { clientAddress } from "@/lib/rate-limit/client-address";
import { findHostId } from "@/lib/users/find-host-id";

const query = z.object({ host: z.string().max(40).optional() });

/** An event for each change of what is free with a host; without `host`, with whoever is signed in. */
export const GET = route(async (request) => {
  const { host } = parseInput(query, Object.fromEntries(new URL(request.url).searchParams));
  const hostId = host === undefined ? (await getViewer()).userId : await findHostId(host);
  if (!hostId) throw new AppError("not_found", "There is no such host.");
  const address = clientAddress(request.headers, env().TRUSTED_PROXIES);
  return new Response(openStream({ hostId, address, signal: request.signal }), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Proxies, and Next's own compression, would hold events back until there are enough of them.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
