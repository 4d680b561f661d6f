import { Inbox } from "lucide-react";
import { Badge, StatusBadge } from "@/components/ui/badge";
import type { MailSummary } from "@/lib/mailbox/list";

type Props = { mail: Pick<MailSummary, "status" | "sentBy" | "attempts"> };

/** What became of a mail, in a word. */
export function MailStatus({ mail: { status, sentBy, attempts } }: Props) {
  if (status === "failed") return <StatusBadge status="failed">Failed</StatusBadge>;
  if (status === "queued")
    return attempts > 0 ? (
      <StatusBadge status="attention">Will retry</StatusBadge>
    ) : (
      <StatusBadge status="working">Queued</StatusBadge>
    );
  if (sentBy === "smtp") return <StatusBadge status="ok">Sent</StatusBadge>;
  return (
    <Badge className="pl-2">
      <Inbox aria-hidden="true" className="size-3.5" />
      Kept here
    </Badge>
  );
}
