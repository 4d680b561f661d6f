import { formGuard } from "@/lib/booking/guard";
import { bookingRequest, moveInput, reasonInput } from "@/lib/booking/schema";
import { slotQuery } from "@/lib/booking/slot-query";
import { freeTimes, heldBooking, oneBooking } from "./answers";
import { appointmentPaths } from "./appointments";
import { caldavPaths } from "./caldav";
import { body, json, ok, problems, queryParameters } from "./parts";
import { subscriptionPaths } from "./subscriptions";

/** The public API as an OpenAPI 3.1 document, made of the schemas that check what comes in. @see https://spec.openapis.org/oas/v3.1.0 */
export function openApiDocument(serverUrl: string) {
  return {
    openapi: "3.1.0",
    info: {
      title: "Calends",
      version: "1",
      description:
        "Free times, and bookings by visitors without an account; appointments, their bindings to calendars and subscriptions to others, for who is signed in. Instants are ISO 8601; answers give them in UTC. " +
        "Errors carry a code, a sentence and, where one is to blame, the field. 429 says in Retry-After when to come back.",
    },
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "__Secure-next-auth.session-token",
          description: "The cookie that signing in sets; without https its name has no `__Secure-`.",
        },
        token: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "calends_…",
          description: "An API token, made under Settings. One that is sent and wrong is 401, cookie or not.",
        },
      },
    },
    servers: [{ url: `${serverUrl}/api/v1` }],
    paths: {
      "/slots": {
        get: {
          operationId: "listSlots",
          summary: "The free slots of an event type",
          parameters: queryParameters(slotQuery),
          responses: { ...ok(200, freeTimes), ...problems(400, 404, 429) },
        },
      },
      "/bookings": {
        post: {
          operationId: "requestBooking",
          summary: "Hold a slot",
          description:
            "The slot is held at once; whether it is confirmed shows in the booking, usually within seconds. The same " +
            "idempotencyKey again is the same booking.",
          requestBody: body(bookingRequest.extend(formGuard.pick({ form: true, website: true }).shape)),
          responses: { ...ok(201, heldBooking), ...problems(400, 404, 409, 429) },
        },
      },
      "/bookings/{token}": {
        get: {
          operationId: "getBooking",
          summary: "A booking, as it is now",
          parameters: [token],
          responses: { ...ok(200, oneBooking), ...problems(404, 429) },
        },
      },
      "/bookings/{token}/cancel": {
        post: {
          operationId: "cancelBooking",
          summary: "Call a booking off",
          description: "Its time is free at once. Repeating it does no harm.",
          parameters: [token],
          requestBody: body(reasonInput),
          responses: { ...ok(200, oneBooking), ...problems(400, 404, 409, 429) },
        },
      },
      "/bookings/{token}/move": {
        post: {
          operationId: "moveBooking",
          summary: "Ask for another time",
          description: "Until the new time is certain, the booking stays where it is.",
          parameters: [token],
          requestBody: body(moveInput),
          responses: { ...ok(200, oneBooking), ...problems(400, 404, 409, 429) },
        },
      },
      ...appointmentPaths,
      ...caldavPaths(serverUrl),
      ...subscriptionPaths,
      "/openapi.json": {
        get: {
          operationId: "getOpenApi",
          summary: "This document",
          responses: { 200: { description: "OK", content: json({ type: "object" }) } },
        },
      },
    },
  };
}

const token = {
  name: "token",
  in: "path",
  required: true,
  description: "The key to a visitor's booking, as POST /bookings answers it.",
  schema: { type: "string" },
} as const;
