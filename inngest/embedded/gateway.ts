import { z } from "zod";
import type { Host } from "../client";
import { seededIds } from "./ids";
import type { Sql } from "./store/connect";
import { insertEvents } from "./store/events";

const sent = z.array(
  z.looseObject({
    id: z.string().optional(),
    name: z.string(),
    data: z.unknown(),
    ts: z.number().optional(),
  }),
);

/** Stands where the SDK expects an Inngest server: takes events, refuses everything else. */
export function gatewayTo(sql: Sql): Host["answer"] {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !pathname.startsWith("/e/"))
      return reply(501, { error: `The embedded engine has no ${request.method} ${pathname}.` });
    const body = sent.safeParse(await request.json());
    if (!body.success) return reply(400, { error: z.prettifyError(body.error) });

    const nextId = seededIds(request.headers.get("x-inngest-event-id-seed"));
    const events = body.data.map(({ id, name, data, ts, ...extra }, index) => ({
      id: id ?? nextId(index),
      name,
      data: JSON.stringify(data ?? {}),
      ts: ts ?? null,
      extra: Object.keys(extra).length > 0 ? JSON.stringify(extra) : null,
    }));
    await insertEvents(sql, events);
    return reply(200, { ids: events.map(({ id }) => id) });
  };
}

// The SDK looks at the status in the body.
const reply = (status: number, body: object) => Response.json({ ...body, status }, { status });
