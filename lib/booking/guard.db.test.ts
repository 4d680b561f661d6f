import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { limitSubmit } from "@/lib/rate-limit/public";
import { makeFormToken } from "./form-token";
import { guardForm } from "./guard";

const now = new Date("2026-11-21T10:00:00Z");
const emailOf = () => `${randomUUID()}@example.test`;
const shown = (secondsAgo: number) => makeFormToken(new Date(now.getTime() - secondsAgo * 1000));
const sent = (values: object) =>
  guardForm({ host: randomUUID(), email: emailOf(), form: shown(30), ...values }, now);

test("a form somebody typed passes", async () => {
  await expect(sent({})).resolves.toBeUndefined();
  await expect(sent({ website: "" })).resolves.toBeUndefined();
});

test.each([
  ["form", undefined],
  ["form", "abc"],
  ["form", `${now.getTime().toString(36)}.${"x".repeat(32)}`],
  ["form", shown(25 * 3600)],
  ["website", "https://spam.example"],
  ["host", 7],
  ["email", undefined],
])("%s cannot be %j", async (field, value) => {
  await expect(sent({ [field]: value })).rejects.toMatchObject({ code: "invalid", field });
});

test("a form that comes back at once is asked for again, saying when", async () => {
  await expect(sent({ form: shown(1) })).rejects.toMatchObject({
    code: "rate_limited",
    retryAfterSeconds: 1,
  });
});

test("another installation's form is none of ours", async () => {
  const form = makeFormToken(new Date(now.getTime() - 30_000), "another secret of thirty-two letters");
  await expect(sent({ form })).rejects.toMatchObject({ code: "invalid", field: "form" });
});

test("one host gets so many bookings in ten minutes, from wherever; another host's are counted apart", async () => {
  const host = randomUUID();
  const form = shown(30);
  for (let n = 0; n < 400; n++) await guardForm({ host, form, email: emailOf() }, now);
  await expect(guardForm({ host, form, email: emailOf() }, now)).rejects.toMatchObject({
    code: "rate_limited",
  });
  await expect(sent({})).resolves.toBeUndefined();
});

test("one mail address is written about so many in an hour, whoever sends them and however it is written", async () => {
  const email = emailOf();
  for (let n = 0; n < 20; n++) await sent({ email });
  await expect(sent({ email: ` ${email.toUpperCase()}` })).rejects.toMatchObject({ code: "rate_limited" });
});

test("one address sends so many, whatever the host", async () => {
  const request = new Request("http://localhost/", { headers: { "x-forwarded-for": "203.0.113.77" } });
  for (let n = 0; n < 40; n++) await limitSubmit(request);
  await expect(limitSubmit(request)).rejects.toMatchObject({ code: "rate_limited" });
});
