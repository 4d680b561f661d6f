import { createHash } from "node:crypto";
import { type Authorized, openCalendar } from "../access";
import { requireId } from "../calendar/check-event";
import { readBody } from "../calendar/request";
import { apiError, invalid, required } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import type { Channel } from "../state";
import { syncMessage } from "./announce";
import { pump, settle } from "./deliver";

const longest = 604_800_000;

export function watchEvents(google: Google, call: Authorized): Promise<Reply> {
  const { calendar } = openCalendar(google, call);
  if (!calendar.isPushable) {
    throw apiError(400, {
      domain: "calendar",
      reason: "pushNotSupportedForRequestedResource",
      message: "Push notifications are not supported by this resource.",
    });
  }
  const path = `/calendar/v3/calendars/${encodeURIComponent(calendar.id)}/events?alt=json`;
  return open(google, call, { calendarId: calendar.id, path });
}

export function watchCalendarList(google: Google, call: Authorized): Promise<Reply> {
  return open(google, call, { calendarId: null, path: "/calendar/v3/users/me/calendarList?alt=json" });
}

async function open(
  google: Google,
  call: Authorized,
  watched: { calendarId: string | null; path: string },
): Promise<Reply> {
  const channel = readChannel(google, call, watched);
  google.state.channels.set(channel.id, channel);
  syncMessage(google, channel);
  const isEarly = google.state.settings.syncMessage === "before";
  if (isEarly) await settle(google);
  const { id, resourceId, resourceUri, token, expiration } = channel;
  const body = {
    kind: "api#channel",
    id,
    resourceId,
    resourceUri,
    ...(token === null ? {} : { token }),
    expiration: String(expiration),
  };
  return { status: 200, body, ...(isEarly ? {} : { afterwards: () => pump(google) }) };
}

function readChannel(
  google: Google,
  call: Authorized,
  { calendarId, path }: { calendarId: string | null; path: string },
): Channel {
  const body = readBody(call);
  const id = requireId(body, "id");
  if (!/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) throw invalid("Invalid channel id.", "id");
  if (body.type !== "web_hook" && body.type !== "webhook") throw invalid("Unknown channel type.", "type");
  const token = body.token == null ? null : String(body.token);
  if (token !== null && token.length > 256) throw invalid("Channel token is too long.", "token");
  const address = readAddress(google, body.address);
  if (google.state.channels.has(id)) {
    throw apiError(400, {
      domain: "global",
      reason: "channelIdNotUnique",
      message: `Channel id ${id} not unique`,
    });
  }
  return {
    id,
    // The same for everybody who watches the same thing in the same way.
    resourceId: createHash("sha256").update(`${call.user.email} ${path}`).digest("base64url").slice(0, 27),
    resourceUri: `https://www.googleapis.com${path}`,
    calendarId,
    address,
    token,
    clientId: call.clientId,
    email: call.user.email,
    expiration: readExpiration(google, body),
    messageNumber: 0,
    stopped: false,
  };
}

function readAddress(google: Google, value: unknown): string {
  if (typeof value !== "string" || !value) throw required("Missing address.");
  if (!URL.canParse(value)) throw invalid("Invalid webhook address.", "address");
  const { protocol } = new URL(value);
  const isTaken =
    protocol === "https:" || (protocol === "http:" && google.state.settings.allowsHttpCallbacks);
  if (isTaken) return value;
  throw apiError(400, {
    domain: "global",
    reason: "push.webhookUrlNotHttps",
    message: `WebHook callback must be HTTPS: ${value}`,
  });
}

/** The shorter of what was asked for and seven days. */
function readExpiration(google: Google, body: Record<string, unknown>): number {
  const now = google.clock.now();
  const { ttl } = (body.params ?? {}) as { ttl?: unknown };
  const wishes = [now + longest];
  if (body.expiration != null) wishes.push(Number(body.expiration));
  if (ttl != null) wishes.push(now + Number(ttl) * 1000);
  const expiration = Math.min(...wishes);
  if (!Number.isFinite(expiration) || expiration <= now)
    throw invalid("Invalid channel expiration.", "expiration");
  return expiration;
}
