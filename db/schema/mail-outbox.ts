import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bookings } from "./bookings";
import { instant } from "./columns";

export const mailStatus = pgEnum("mail_status", ["queued", "sent", "failed"]);

/**
 * Mails to send and mails sent. `key` says which mail it is (booking, change, addressee), so that whatever is
 * retried, each is written once; `data` is all a template needs, as it was at that moment. Only admins read it,
 * through lib/mailbox.
 */
export const mailOutbox = pgTable(
  "mail_outbox",
  {
    id: uuid().primaryKey().defaultRandom(),
    key: text().notNull(),
    kind: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    bookingId: uuid("booking_id").references(() => bookings.id, { onDelete: "set null" }),
    toName: text("to_name").notNull(),
    toEmail: text("to_email").notNull(),
    status: mailStatus().notNull().default("queued"),
    /** How it left: over SMTP, or into the mailbox of this installation alone. */
    sentBy: text("sent_by", { enum: ["smtp", "mailbox"] }),
    attempts: integer().notNull().default(0),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull().defaultNow(),
    sentAt: instant("sent_at"),
  },
  (table) => [
    unique("mail_outbox_key").on(table.key),
    index("mail_outbox_created_at").on(table.createdAt.desc()),
    index("mail_outbox_queued").on(table.createdAt).where(sql`${table.status} = 'queued'`),
    check("mail_outbox_sent", sql`(${table.status} = 'sent') = (${table.sentAt} is not null)`),
  ],
).enableRLS();
