import { z } from "zod";
import {
  appointmentChange,
  appointmentInput,
  occurrenceQuery,
  occurrencesQuery,
  removalQuery,
} from "@/lib/appointments/schema";
import { snakeCase } from "@/lib/http/snake-case";
import { projectKinds } from "@/lib/projects/schema";
import { problem } from "./answers";
import { body, inSnakeCase, json, ok, problems, queryParameters, schemaOf, signedIn, time } from "./parts";

const when = z.iso.datetime();
const words = { title: z.string(), description: z.string().nullable(), location: z.string().nullable() };
const exceptions = z
  .array(
    z.strictObject({
      key: z.string().describe("The start of the occurrence it replaces: an instant in UTC, or a day."),
      says: z
        .strictObject({ ...words, time })
        .nullable()
        .describe("Null: it is off."),
    }),
  )
  .describe("Occurrences that are off or say something else.");
const common = {
  booking_id: z.uuid().nullable().describe("It belongs to a booking, and is changed by changing that."),
  project: z
    .strictObject({ id: z.uuid(), name: z.string(), color: z.string(), kind: z.enum(projectKinds) })
    .nullable()
    .describe("Null: personal."),
  time,
  time_zone: z.string().describe("An IANA time zone."),
  owner_id: z.uuid(),
  is_mine: z.boolean(),
  is_editable: z.boolean(),
  revision: z.int().describe("Goes back with a change."),
};

export const oneAppointment = z.strictObject({
  appointment: z.strictObject({
    id: z.uuid(),
    ...words,
    ...common,
    recurrence: z.strictObject({ rule: z.string(), exceptions }).nullable(),
    created_at: when,
    updated_at: when,
  }),
});

export const manyOccurrences = z.strictObject({
  occurrences: z
    .array(
      z.strictObject({
        appointment_id: z.uuid(),
        occurrence_key: z.string().describe("Names it within what repeats; empty for what takes place once."),
        title: z.string(),
        location: z.string().nullable(),
        ...common,
        is_recurring: z.boolean(),
      }),
    )
    .describe("By start."),
});

const version = z.strictObject({
  ...words,
  project_id: z.uuid().nullable(),
  time,
  time_zone: z.string(),
  recurrence: z.object({ rule: z.string() }).nullable(),
});
// Also an answer without versions: an archived project is a conflict, too.
export const bothVersions = problem.extend({
  yours: version.optional().describe("As it would be with what was sent."),
  current: version.extend({ revision: z.int() }).optional().describe("As it is now."),
});
const changed = {
  409: {
    description:
      "Somebody has changed it meanwhile: both versions, and nothing was written. Or the project is archived.",
    content: json(schemaOf(bothVersions, "output")),
  },
};

const archived = {
  409: { description: "The project is archived.", content: json(schemaOf(problem, "output")) },
};

const id = { name: "id", in: "path", required: true, schema: { type: "string" } } as const;
const security = signedIn;
// What comes in is checked in our own names.
const sent = (schema: z.ZodType) => inSnakeCase(body(schema));
const asked = (schema: z.ZodType) =>
  queryParameters(schema).map((parameter) => ({ ...parameter, name: snakeCase(parameter.name) }));

/** Appointments, for who is signed in. */
export const appointmentPaths = {
  "/appointments": {
    get: {
      operationId: "listAppointments",
      summary: "What takes place between two instants, occurrence by occurrence",
      description: "Personal appointments, and those on all projects one sees.",
      security,
      parameters: asked(occurrencesQuery),
      responses: { ...ok(200, manyOccurrences), ...problems(400, 401) },
    },
    post: {
      operationId: "createAppointment",
      summary: "Add an appointment",
      description:
        "Where the rule gives no occurrence at `time`, the appointment begins with the first one after it.",
      security,
      requestBody: sent(appointmentInput),
      responses: { ...ok(201, oneAppointment), ...problems(400, 401, 403, 404), ...archived },
    },
  },
  "/appointments/{id}": {
    get: {
      operationId: "getAppointment",
      summary: "An appointment, or one occurrence of it",
      security,
      parameters: [id, ...queryParameters(occurrenceQuery)],
      responses: { ...ok(200, oneAppointment), ...problems(400, 401, 404) },
    },
    patch: {
      operationId: "changeAppointment",
      summary: "Change an appointment, or some occurrences of it",
      description:
        "What is left out stays as it is. Of a series that is split in two, the answer is the later one.",
      security,
      parameters: [id],
      requestBody: sent(appointmentChange),
      responses: { ...ok(200, oneAppointment), ...problems(400, 401, 403, 404), ...changed },
    },
    delete: {
      operationId: "deleteAppointment",
      summary: "Delete an appointment, or some occurrences of it",
      security,
      parameters: [id, ...queryParameters(removalQuery)],
      responses: { 204: { description: "It is gone" }, ...problems(400, 401, 403, 404), ...changed },
    },
  },
};
