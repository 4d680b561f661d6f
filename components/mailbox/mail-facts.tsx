import { Moment } from "@/components/runs/when";
import { Facts } from "@/components/ui/list";
import type { MailDetails } from "@/lib/mailbox/find";
import type { Clock } from "@/lib/time";

/** Who it is from and for, and when it left. */
export function MailFacts({ mail, clock }: { mail: MailDetails; clock: Clock }) {
  const { fromName, from, to, replyTo, createdAt, sentAt, sentBy, attempts, lastError } = mail;
  const at = (instant: Date) => <Moment instant={instant} clock={clock} />;
  const items = [
    { name: "To", value: <Address name={to.name} email={to.email} /> },
    { name: "From", value: <Address name={fromName} email={from} /> },
    ...(replyTo ? [{ name: "Replies go to", value: <Address {...replyTo} /> }] : []),
    { name: "Written", value: at(createdAt) },
    ...(sentAt ? [{ name: sentBy === "smtp" ? "Sent" : "Kept here since", value: at(sentAt) }] : []),
    ...(attempts > 1 ? [{ name: "Tries", value: `${attempts}` }] : []),
    ...(lastError
      ? [{ name: "Last answer", value: <span className="break-words text-danger">{lastError}</span> }]
      : []),
  ];
  return <Facts items={items} className="text-[0.9375rem]" />;
}

function Address({ name, email }: { name: string; email: string }) {
  return (
    <span className="wrap-anywhere">
      {name} <span className="inline-block text-muted">{email}</span>
    </span>
  );
}
