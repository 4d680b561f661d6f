import { z } from "zod";
import { dayInput } from "@/lib/day-input";

/** The pieces a form about an event type is made of. Numbers arrive as text, where nothing typed would count as 0. */

/** A name inside an address: small letters, digits and single hyphens. */
export const slug = (maxLength: number) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .min(1, "Enter the last part of the address.")
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .regex(/^[a-z0-9](-?[a-z0-9])*$/, "Use small letters, digits and single hyphens between them.");

const wholeNumber = "Enter a whole number.";

const number = (name: string, min: number, max: number) =>
  z.coerce
    .number({ error: wholeNumber })
    .int(wholeNumber)
    .min(min, `${name}: at least ${min}.`)
    .max(max, `${name}: at most ${max}.`);

export const count = (name: string, min: number, max: number) =>
  z.preprocess((value) => (value === "" ? undefined : value), number(name, min, max));

/** A number that may be left out: null. */
export const optionalCount = (name: string, min: number, max: number) =>
  z.preprocess((value) => (value === "" ? null : (value ?? null)), number(name, min, max).nullable());

/** Text that may be left out: null. */
export const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .transform((value) => value || null)
    .nullish()
    .transform((value) => value ?? null);

/** A date that may be left out: null. */
export const optionalDay = z.preprocess(
  (value) => (value === "" ? null : (value ?? null)),
  dayInput.nullable(),
);

/** A ticked box arrives from a form as "on", an empty one not at all. */
export const tick = z.preprocess((value) => value === true || value === "on", z.boolean());

export const questionKinds = ["line", "text", "choice", "checkbox"] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What visitors are asked beside name and e-mail; without an id it is new. */
export const question = z
  .object({
    id: z.string().min(1).max(64).optional(),
    label: z.string().trim().min(1, "Write the question.").max(200, "Use at most 200 characters."),
    kind: z.enum(questionKinds),
    isRequired: tick,
    options: z
      .array(
        z.string().trim().min(1, "An option is empty.").max(100, "Use at most 100 characters an option."),
      )
      .max(20, "Offer at most 20 options.")
      .refine((options) => new Set(options).size === options.length, "An option is there twice.")
      .default([]),
  })
  .refine(({ kind, options }) => kind !== "choice" || options.length >= 2, {
    path: ["options"],
    message: "Offer at least two options, one a line.",
  });

// The check of an address takes white space out of it first, which nobody else does.
const webAddress = z
  .string()
  .regex(/^\S+$/)
  .pipe(z.url({ protocol: /^https?$/ }));
const phoneNumber = /^\+?[0-9][0-9 ()./-]{3,28}[0-9]$/;

export const locationKinds = ["video", "host_phone", "visitor_phone", "address", "other"] as const;
export type LocationKind = (typeof locationKinds)[number];

/** What is wrong with a place of this kind; null when nothing is. */
export function mistakeOfLocation(kind: LocationKind, location: string | null): string | null {
  if (kind === "video")
    return webAddress.safeParse(location).success
      ? null
      : "Enter the link visitors open, such as https://meet.example.com/you.";
  if (kind === "host_phone")
    return phoneNumber.test(location ?? "")
      ? null
      : "Enter the number visitors call, such as +32 2 555 12 12.";
  if (kind === "address") return location ? null : "Enter where you meet.";
  return null;
}
