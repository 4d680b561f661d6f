import type { BookingMail } from "./booking-mail";
import type { Content } from "./facts";
import { hostContent } from "./host-content";
import { oneLine } from "./one-line";
import { visitorContent } from "./visitor-content";

/** What a mail says; its subject fits a header. */
export function contentOf(mail: BookingMail): Content {
  const content = mail.to === "visitor" ? visitorContent(mail) : hostContent(mail);
  return { ...content, subject: oneLine(content.subject, 200) };
}
