import { z } from "zod";
import { instant } from "@/lib/booking/schema";
import { timeZone } from "@/lib/users/schema";

/** How often a feed may be read, as the API says it, in minutes. */
export const refreshIntervals = {
  "15m": 15,
  "30m": 30,
  "1h": 60,
  "6h": 360,
  "12h": 720,
  "24h": 1440,
} as const;
export type RefreshInterval = keyof typeof refreshIntervals;

export const intervalNames = Object.keys(refreshIntervals) as RefreshInterval[];

/** Unknown minutes cannot be: a table constraint says the same. */
export const intervalOf = (minutes: number): RefreshInterval =>
  intervalNames.find((name) => refreshIntervals[name] === minutes) ?? "1h";

const longestQuestion = 400 * 86_400_000;
export const mostPerPage = 100;

/** Of text that becomes one line of a page: a feed's own name, too. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  // What nobody sees is no name.
  return /[^\p{Default_Ignorable_Code_Point}\p{Cf}\s]/u.test(line) ? line : "";
}
export const longestName = 120;

const yesOrNo = z.boolean("Say true or false.");
const fields = {
  url: z
    .string("Enter the address of the calendar.")
    .trim()
    .min(1, "Enter the address of the calendar.")
    .max(2000, "This address is too long.")
    .describe("https: or webcal: (which is https:). Kept encrypted, and shown to its owner alone."),
  name: z
    .string("Give it a name.")
    .overwrite(oneLine)
    .min(1, "Give it a name.")
    .max(longestName, `Use at most ${longestName} characters.`),
  color: z
    .string("Write the colour as in #0e8a8c.")
    .regex(/^#[0-9a-f]{6}$/i, "Write the colour as in #0e8a8c.")
    .toLowerCase(),
  refreshInterval: z
    .enum(intervalNames, `Choose one of ${intervalNames.join(", ")}.`)
    .describe("How often it is read; less often where the feed itself asks for that."),
  blocksBookings: yesOrNo.describe("Its events take time of the booking pages."),
  allDayBlocks: yesOrNo.describe(
    "All-day events block even where they are marked free, as holidays mostly are.",
  ),
  keepLocalChanges: yesOrNo.describe(
    "What was changed here about an event stays when the feed changes that event.",
  ),
};

/** What a host says about a new subscription. Name and colour default to the feed's own. */
export const newSubscription = z.strictObject({
  url: fields.url,
  name: fields.name.optional(),
  color: fields.color.optional(),
  refreshInterval: fields.refreshInterval.default("1h"),
  blocksBookings: fields.blocksBookings.default(false),
  allDayBlocks: fields.allDayBlocks.default(true),
  keepLocalChanges: fields.keepLocalChanges.default(true),
});
export type NewSubscription = z.infer<typeof newSubscription>;

/** What is left out stays as it is. Another address is read at once. */
export const subscriptionChange = z.strictObject(fields).partial();
export type SubscriptionChange = z.infer<typeof subscriptionChange>;

export const feedAddress = z.strictObject({ url: fields.url });

/** What a host decides about one event of a feed, for himself; null: as the feed says. Left out: as it is. */
export const localChangeInput = z.strictObject({
  hidden: yesOrNo.optional().describe("It is not shown and takes no time."),
  busy: yesOrNo.nullable().optional().describe("Whether it takes time. Null: as the feed says."),
  color: fields.color.nullable().optional().describe("Null: as the subscription's."),
});
export type LocalChangeInput = z.infer<typeof localChangeInput>;

/** What `GET /api/v1/calendar-subscriptions` is asked. */
export const pageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, `Ask for 1 to ${mostPerPage}.`)
    .transform(Number)
    .refine((limit) => limit <= mostPerPage, `Ask for 1 to ${mostPerPage}.`)
    .optional()
    .describe(`How many at most, up to ${mostPerPage}; unset: 50.`),
  cursor: z.string().max(200).optional().describe("The `next_cursor` of the page before."),
});

/** What `GET /api/v1/calendar-subscriptions/events` is asked. */
export const feedOccurrencesQuery = z
  .strictObject({
    from: instant.describe("What ends after this instant …"),
    to: instant.describe("… and begins before this one; at most 400 days later."),
    timeZone: timeZone.optional().describe("Whose days all-day ones take place on; unset: your own."),
    withHidden: z
      .enum(["true", "false"], "Say true or false.")
      .transform((value) => value === "true")
      .optional()
      .describe("Also what is hidden."),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "This must be after `from`." })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= longestQuestion, {
    path: ["to"],
    error: "Ask for at most 400 days at a time.",
  });
