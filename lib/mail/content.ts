import type { Content } from "./facts";
import { hostContent } from "./host-content";
import type { Mail } from "./mail";
import { noticeContent } from "./notice-content";
import { oneLine } from "./one-line";
import { visitorContent } from "./visitor-content";

/** What a mail says; its subject fits a header. */
export function contentOf(mail: Mail): Content {
  const content = writtenTo(mail);
  return { ...content, subject: oneLine(content.subject, 200) };
}

function writtenTo(mail: Mail): Content {
  switch (mail.to) {
    case "visitor":
      return visitorContent(mail);
    case "host":
      return hostContent(mail);
    case "holder":
      return noticeContent(mail);
  }
}
