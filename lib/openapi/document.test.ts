import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiDocument } from "./document";

const document = openApiDocument("https://calendar.example.com");
const { paths } = document;

const routesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => `/${file.replace(/(^|\/)route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`);

test("every route under /api/v1 and about CalDAV accounts is in it, and nothing else", () => {
  const others = ["caldav-config", "caldav-bindings"].flatMap((name) =>
    routesIn(`app/api/${name}`).map((path) => `/${name}${path.replace(/\/$/, "")}`),
  );
  expect(Object.keys(paths).sort()).toEqual([...routesIn("app/api/v1"), ...others].sort());
});

test("what a booking needs is what the form checks", () => {
  const { schema } = paths["/bookings"].post.requestBody.content["application/json"];
  expect(schema).toMatchObject({
    required: ["host", "eventType", "start", "name", "email", "timeZone", "idempotencyKey", "form"],
    properties: { start: { type: "string", format: "date-time" } },
  });
});

test("appointments are sent in the names they are answered in", () => {
  const { get, post } = paths["/appointments"];
  expect(get.parameters.map(({ name }) => name)).toEqual(["from", "to", "time_zone"]);
  const { schema } = post.requestBody.content["application/json"];
  expect(schema).toMatchObject({
    required: ["title", "time", "time_zone"],
    properties: {
      project_id: {},
      time: {
        oneOf: [
          { required: ["kind", "starts_at", "ends_at"] },
          { required: ["kind", "start_day", "end_day"] },
        ],
      },
    },
  });
  const own = Object.entries(paths).filter(([path]) => path.startsWith("/appointments"));
  expect(JSON.stringify(own)).not.toMatch(/startsAt|endDay|timeZone|projectId|occurrenceKey|isMine|allDay/);
});

test("what is for one user alone takes a session or a token, and both are described", () => {
  const operations = Object.entries(paths)
    .filter(([path]) => /^\/(appointments|caldav-|calendar-subscriptions)/.test(path))
    .flatMap(([, methods]) => Object.entries<object>(methods))
    .filter(([method]) => method !== "servers")
    .map(([, operation]) => operation);
  expect(operations.length).toBeGreaterThan(10);
  for (const operation of operations)
    expect(operation).toMatchObject({ security: [{ session: [] }, { token: [] }] });
  expect(Object.keys(document.components.securitySchemes)).toEqual(["session", "token"]);
});

test("subscriptions are sent in the names they are answered in", () => {
  const { post } = paths["/calendar-subscriptions"];
  const { schema } = post.requestBody.content["application/json"];
  expect(schema).toMatchObject({
    required: ["url"],
    additionalProperties: false,
    properties: { refresh_interval: { enum: ["15m", "30m", "1h", "6h", "12h", "24h"] }, blocks_bookings: {} },
  });
  const own = Object.entries(paths).filter(([path]) => path.startsWith("/calendar-subscriptions"));
  expect(own).toHaveLength(7);
  expect(JSON.stringify(own)).not.toMatch(
    /refreshInterval|blocksBookings|allDay|keepLocal|withHidden|timeZone/,
  );
});
