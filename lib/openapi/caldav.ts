import { z } from "zod";
import { bindingChange, bindingScopes, newBinding } from "@/lib/bindings/schema";
import { caldavConfig } from "@/lib/caldav-config/schema";
import { problem } from "./answers";
import { body, json, ok, problems, schemaOf, signedIn } from "./parts";

const when = z.iso.datetime().nullable();

export const oneBinding = z.strictObject({
  id: z.uuid(),
  calendar_id: z.uuid(),
  calendar_name: z.string(),
  scope: z.enum(bindingScopes),
  scope_id: z.uuid().nullable().describe("Null exactly for all_visible and personal_only."),
  include_personal: z
    .boolean()
    .describe("Also what is the host's alone, with a scope that is about a project."),
  enabled: z.boolean(),
  status: z.enum(["disabled", "error", "pending", "synced"]),
  last_synced_at: when.describe("When everything in its scope last was in the calendar."),
  last_error: z.string().nullable(),
  targets: z
    .strictObject({ in_calendar: z.int(), pending: z.int(), failing: z.int() })
    .describe("Its copies. What two bindings of a calendar want counts for the older one."),
  created_at: z.iso.datetime(),
});

export const manyBindings = z.strictObject({
  bindings: z.array(oneBinding).describe("all_visible, personal_only, then the others as they were made."),
});

export const oneConfig = z.strictObject({
  server_url: z.string(),
  username: z.string(),
  status: z.enum(["connected", "reconnect"]),
  last_error: z.string().nullable().describe("Of the account, or the worst of its bindings."),
  calendars: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      url: z.string(),
      color: z.string().nullable(),
      is_read_only: z.boolean(),
      last_synced_at: when,
      last_error: z.string().nullable(),
    }),
  ),
});

const id = { name: "id", in: "path", required: true, schema: { type: "string" } } as const;
const security = signedIn;
const refused = (description: string) => ({
  409: { description, content: json(schemaOf(problem, "output")) },
});
const twice = refused("The calendar has such a binding already");
const gone = { 204: { description: "It is gone" } };

/** The host's CalDAV account and what goes into which calendar, beside the versioned API. */
export function caldavPaths(serverUrl: string) {
  const servers = [{ url: `${serverUrl}/api` }];
  return {
    "/caldav-config": {
      servers,
      get: {
        operationId: "getCaldavConfig",
        summary: "The CalDAV account, without its password",
        security,
        responses: { ...ok(200, oneConfig), ...problems(401, 404) },
      },
      put: {
        operationId: "putCaldavConfig",
        summary: "Configure the CalDAV account, or give it a new password",
        description: "The first configuration makes an enabled binding to all that is visible.",
        security,
        requestBody: body(caldavConfig),
        responses: {
          ...ok(201, oneConfig),
          ...ok(200, oneConfig),
          ...problems(400, 401, 429, 503),
          ...refused("Another account is configured"),
        },
      },
      delete: {
        operationId: "deleteCaldavConfig",
        summary: "Disconnect the account; what lies in its calendars stays there",
        security,
        responses: { ...gone, ...problems(401, 404) },
      },
    },
    "/caldav-bindings": {
      servers,
      get: {
        operationId: "listBindings",
        summary: "What is copied into which calendar",
        security,
        responses: { ...ok(200, manyBindings), ...problems(401) },
      },
      post: {
        operationId: "createBinding",
        summary: "Copy a scope into a calendar",
        security,
        requestBody: body(newBinding),
        responses: { ...ok(201, oneBinding), ...problems(400, 401), ...twice },
      },
    },
    "/caldav-bindings/{id}": {
      servers,
      get: {
        operationId: "getBinding",
        summary: "A binding, and how it goes",
        security,
        parameters: [id],
        responses: { ...ok(200, oneBinding), ...problems(401, 404) },
      },
      patch: {
        operationId: "changeBinding",
        summary: "Change a binding",
        description: "What is left out stays as it is. Copies that are no longer wanted are taken back.",
        security,
        parameters: [id],
        requestBody: body(bindingChange),
        responses: { ...ok(200, oneBinding), ...problems(400, 401, 404), ...twice },
      },
      delete: {
        operationId: "deleteBinding",
        summary: "Delete a binding; its copies go as soon as the server can be reached",
        security,
        parameters: [id],
        responses: { ...gone, ...problems(401, 404) },
      },
    },
  };
}
