import { z } from "zod";
import { bookingMail } from "./booking-mail";
import { noticeMail } from "./notice-mail";

/** Every mail the outbox may hold; `to` says for whom it is. */
export const mail = z.discriminatedUnion("to", [bookingMail, noticeMail]);
export type Mail = z.output<typeof mail>;
