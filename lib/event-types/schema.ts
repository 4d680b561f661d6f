import { z } from "zod";

/** A name inside an address: small letters, digits and single hyphens. */
export const slug = (maxLength: number) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .min(1, "Enter the last part of the address.")
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .regex(/^[a-z0-9](-?[a-z0-9])*$/, "Use small letters, digits and single hyphens between them.");

/** `Größe & Ablauf` → `grosse-ablauf`; empty when nothing in the text can stand in an address. */
export function slugOf(text: string, maxLength = 60): string {
  return text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, "");
}

const wholeNumber = "Enter a whole number.";

/** Numbers arrive from forms as text, where nothing typed would count as 0. */
function count(name: string, min: number, max: number) {
  return z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce
      .number({ error: wholeNumber })
      .int(wholeNumber)
      .min(min, `${name}: at least ${min}.`)
      .max(max, `${name}: at most ${max}.`),
  );
}

const text = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .transform((value) => value || null)
    .nullish()
    .transform((value) => value ?? null);

const dayMinutes = 1440;

/** What a host says about an event type. All lengths are minutes, the window is days. */
export const eventTypeForm = z
  .object({
    title: z.string().trim().min(1, "Give it a title.").max(120, "Use at most 120 characters."),
    slug: slug(60),
    description: text(2000),
    location: text(300),
    durationMinutes: count("Duration", 5, dayMinutes),
    slotIntervalMinutes: count("Interval", 5, dayMinutes),
    bufferBeforeMinutes: count("Buffer", 0, dayMinutes),
    bufferAfterMinutes: count("Buffer", 0, dayMinutes),
    minimumNoticeMinutes: count("Notice", 0, 365 * dayMinutes),
    bookingWindowDays: count("Window", 1, 500),
    // A ticked box arrives as "on", an empty one not at all.
    isHidden: z.preprocess((value) => value === true || value === "on", z.boolean()),
  })
  .refine(
    ({ minimumNoticeMinutes, bookingWindowDays }) => minimumNoticeMinutes < bookingWindowDays * dayMinutes,
    {
      path: ["minimumNoticeMinutes"],
      message: "The notice is as long as the booking window, so nothing could ever be booked.",
    },
  );
export type EventTypeForm = z.infer<typeof eventTypeForm>;
