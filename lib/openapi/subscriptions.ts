import { z } from "zod";
import { snakeCase } from "@/lib/http/snake-case";
import {
  feedAddress,
  feedOccurrencesQuery,
  intervalNames,
  localChangeInput,
  newSubscription,
  pageQuery,
  subscriptionChange,
} from "@/lib/subscriptions/schema";
import { problem } from "./answers";
import { body, inSnakeCase, json, ok, problems, queryParameters, schemaOf, signedIn, time } from "./parts";

const when = z.iso.datetime();
const color = z.string().regex(/^#[0-9a-f]{6}$/);
const counts = {
  event_count: z.int().describe("Those that repeat count once."),
  skipped_count: z.int().describe("Events that could not be used."),
  skipped: z
    .array(z.strictObject({ uid: z.string(), title: z.string(), reason: z.string() }))
    .describe("The first of them."),
  feed_refresh_minutes: z
    .int()
    .nullable()
    .describe("How often the feed wants to be read; the longer of the two intervals holds."),
};

export const oneSubscription = z.strictObject({
  id: z.uuid(),
  calendar_id: z.uuid(),
  name: z.string(),
  color,
  url: z
    .string()
    .nullable()
    .describe("Null: it cannot be decrypted any more, and wants to be entered again."),
  refresh_interval: z.enum(intervalNames),
  last_synced_at: when.nullable().describe("When it was last read without error."),
  next_sync_at: when.nullable().describe("Null while it is disabled."),
  last_error: z.string().nullable().describe("A sentence for a person."),
  error_count: z.int().describe("Failed refreshes in a row."),
  ...counts,
  status: z
    .enum(["pending", "synced", "error", "disabled"])
    .describe(
      "disabled: given up until it is refreshed by hand; error: the last refresh failed; pending: never read, or asked for.",
    ),
  enabled: z.boolean(),
  blocks_bookings: z.boolean(),
  all_day_blocks: z.boolean(),
  keep_local_changes: z.boolean(),
  created_at: when,
});

export const manySubscriptions = z.strictObject({
  subscriptions: z.array(oneSubscription).describe("As they were made."),
  next_cursor: z.string().nullable().describe("Asks for the next page; null: this was the last one."),
});

export const onePreview = z.strictObject({
  name: z.string().describe("Its own, or its server's."),
  color,
  ...counts,
  next_events: z
    .array(z.strictObject({ title: z.string(), time }))
    .describe("The first few that are not over."),
});

const decision = {
  hidden: z.boolean(),
  busy: z.boolean().nullable().describe("Null: as the feed says."),
  color: color.nullable().describe("Null: as the subscription's."),
};

export const oneLocalChange = z.strictObject({
  event_id: z.string(),
  title: z.string().nullable().describe("Null: the feed has no such event now."),
  time: time.nullable().describe("Of the first occurrence that is known."),
  ...decision,
  updated_at: when,
});

export const manyLocalChanges = z.strictObject({
  local_changes: z.array(oneLocalChange).describe("The latest first."),
});

export const manyFeedOccurrences = z.strictObject({
  events: z
    .array(
      z.strictObject({
        subscription_id: z.uuid(),
        calendar_id: z.uuid(),
        event_id: z.string().describe("Names the event within its subscription, with all its occurrences."),
        occurrence_key: z.string().describe("Names it within what repeats; empty for what takes place once."),
        title: z.string(),
        time,
        status: z.enum(["confirmed", "tentative", "cancelled"]),
        busy: z.boolean().describe("It takes time; whether bookings mind is the subscription's affair."),
        hidden: z.boolean(),
        color,
        local_change: z.strictObject(decision).nullable().describe("Null: all is as the feed says."),
      }),
    )
    .describe("By start."),
});

const pathParameter = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const id = pathParameter("id");
const security = signedIn;
// What comes in is checked in our own names.
const sent = (schema: z.ZodType) => inSnakeCase(body(schema));
const asked = (schema: z.ZodType) =>
  queryParameters(schema).map((parameter) => ({ ...parameter, name: snakeCase(parameter.name) }));
const refused = (description: string) => ({
  409: { description, content: json(schemaOf(problem, "output")) },
});
const twice = refused(
  "The address is subscribed to already, or there are as many subscriptions as there can be",
);
// 429 and 503 also where that is what the server of the feed says; what else it refuses is wrong with the address.
const reading = [400, 401, 429, 503];

/** Subscriptions to feeds, for who is signed in. */
export const subscriptionPaths = {
  "/calendar-subscriptions": {
    get: {
      operationId: "listSubscriptions",
      summary: "The feeds one is subscribed to",
      security,
      parameters: asked(pageQuery),
      responses: { ...ok(200, manySubscriptions), ...problems(400, 401) },
    },
    post: {
      operationId: "createSubscription",
      summary: "Subscribe to a feed",
      description:
        "The feed is read before anything is stored; its events come with the refresh that follows.",
      security,
      requestBody: sent(newSubscription),
      responses: { ...ok(201, oneSubscription), ...problems(...reading), ...twice },
    },
  },
  "/calendar-subscriptions/preview": {
    post: {
      operationId: "previewSubscription",
      summary: "What subscribing to an address would bring",
      security,
      requestBody: sent(feedAddress),
      responses: { ...ok(200, onePreview), ...problems(...reading), ...twice },
    },
  },
  "/calendar-subscriptions/events": {
    get: {
      operationId: "listFeedEvents",
      summary: "What all feeds have between two instants, occurrence by occurrence",
      description: "As local changes leave it. At most 10,000 at once.",
      security,
      parameters: asked(feedOccurrencesQuery),
      responses: { ...ok(200, manyFeedOccurrences), ...problems(400, 401) },
    },
  },
  "/calendar-subscriptions/{id}": {
    get: {
      operationId: "getSubscription",
      summary: "A subscription, and how it goes",
      security,
      parameters: [id],
      responses: { ...ok(200, oneSubscription), ...problems(401, 404) },
    },
    patch: {
      operationId: "changeSubscription",
      summary: "Change a subscription",
      description:
        "What is left out stays as it is. Another `url` is read at once, and enables what was given up; the old events stay until the new ones are there.",
      security,
      parameters: [id],
      requestBody: sent(subscriptionChange),
      responses: { ...ok(200, oneSubscription), ...problems(404, ...reading), ...twice },
    },
    delete: {
      operationId: "deleteSubscription",
      summary: "Unsubscribe; its events go with it",
      security,
      parameters: [id],
      responses: { 204: { description: "It is gone" }, ...problems(401, 404) },
    },
  },
  "/calendar-subscriptions/{id}/refresh": {
    post: {
      operationId: "refreshSubscription",
      summary: "Ask for a refresh now",
      description: "Enables what was given up, and forgets its failures.",
      security,
      parameters: [id],
      responses: { ...ok(202, oneSubscription), ...problems(401, 404, 429) },
    },
  },
  "/calendar-subscriptions/{id}/local-changes": {
    get: {
      operationId: "listLocalChanges",
      summary: "What was decided here about events of a feed",
      security,
      parameters: [id],
      responses: { ...ok(200, manyLocalChanges), ...problems(401, 404) },
    },
  },
  "/calendar-subscriptions/{id}/events/{event_id}": {
    patch: {
      operationId: "changeFeedEvent",
      summary: "Hide an event of a feed, say whether it takes time, or give it a colour",
      description: "For oneself, and for all its occurrences. What is left out stays as it is.",
      security,
      parameters: [id, pathParameter("event_id")],
      requestBody: sent(localChangeInput),
      responses: { ...ok(200, oneLocalChange), ...problems(400, 401, 404) },
    },
  },
};
