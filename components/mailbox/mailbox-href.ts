import type { Route } from "next";
import type { MailsQuery } from "@/lib/mailbox/schema";

/** The list's address with these filters. */
export function mailboxHref({ status, before }: Partial<MailsQuery>): Route {
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (before) query.set("before", before);
  return query.size > 0 ? `/mailbox?${query}` : "/mailbox";
}
