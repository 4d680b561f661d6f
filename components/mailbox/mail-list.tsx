import Link from "next/link";
import { Moment } from "@/components/runs/when";
import { List } from "@/components/ui/list";
import type { MailSummary } from "@/lib/mailbox/list";
import type { Clock } from "@/lib/time";
import { MailStatus } from "./mail-status";

/** Mails, newest first; each row leads to its mail. */
export function MailList({ mails, clock }: { mails: MailSummary[]; clock: Clock }) {
  return (
    <List>
      {mails.map((mail) => (
        <li
          key={mail.id}
          className="relative flex flex-col gap-2 px-5 py-4 hover:bg-sunken sm:flex-row sm:items-start sm:justify-between sm:gap-6 sm:px-6"
        >
          <div className="flex min-w-0 flex-col gap-0.5">
            <Link
              href={`/mailbox/${mail.id}`}
              className="break-words rounded-sm font-medium text-[0.9375rem] after:absolute after:inset-0"
            >
              {mail.subject}
            </Link>
            <p className="wrap-anywhere text-muted text-sm">
              To {mail.toName} <span className="inline-block">({mail.toEmail})</span>
            </p>
            {mail.lastError && (
              <p className="mt-1 line-clamp-2 break-words text-danger text-sm">{mail.lastError}</p>
            )}
          </div>
          <div className="flex shrink-0 items-center gap-3 text-muted text-sm sm:flex-col-reverse sm:items-end sm:gap-1.5">
            <Moment instant={mail.createdAt} clock={clock} />
            <MailStatus mail={mail} />
          </div>
        </li>
      ))}
    </List>
  );
}
