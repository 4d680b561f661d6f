import type { Route } from "next";
import { Code } from "@/components/runs/fold";
import { Tabs } from "@/components/runs/tabs";
import { Card } from "@/components/ui/card";
import type { MailDetails } from "@/lib/mailbox/find";
import type { MailPart } from "@/lib/mailbox/schema";

type Props = { mail: MailDetails; part: MailPart };

/** The mail itself, one of its parts at a time. */
export function MailBody({ mail, part }: Props) {
  // To the parts again, not to the top of the page.
  const href = (shown: MailPart) => `/mailbox/${mail.id}?part=${shown}#parts` as Route;
  const parts: { part: MailPart; label: string }[] = [
    { part: "html", label: "As it looks" },
    { part: "text", label: "Plain text" },
    ...(mail.invitation ? [{ part: "invitation" as const, label: "Invitation" }] : []),
  ];
  return (
    <div id="parts" className="flex scroll-mt-4 flex-col gap-3">
      <Tabs
        label="Parts of the mail"
        tabs={parts.map(({ part: shown, label }) => ({ href: href(shown), label }))}
        current={href(part)}
      />
      {part === "html" && <Html mail={mail} />}
      {part === "text" && (
        <Card className="p-5 sm:p-6">
          <pre className="overflow-x-auto whitespace-pre-wrap break-words font-sans text-[0.9375rem] leading-6">
            {mail.text}
          </pre>
        </Card>
      )}
      {part === "invitation" && mail.invitation && <Invitation {...mail.invitation} />}
    </div>
  );
}

/** In a frame that runs nothing and loads nothing; its links open beside it. */
function Html({ mail }: { mail: MailDetails }) {
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  return (
    <Card className="overflow-hidden">
      <iframe
        title={`Mail: ${mail.subject}`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={mail.html.replace(/<head[^>]*>/, (head) => head + policy)}
        className="block h-[60rem] w-full sm:h-[50rem]"
      />
    </Card>
  );
}

function Invitation({ method, ics }: NonNullable<MailDetails["invitation"]>) {
  return (
    <Card className="flex flex-col gap-4 p-5 sm:p-6">
      <p className="text-[0.9375rem] text-muted">
        {method === "REQUEST"
          ? "Calendars enter the meeting, or move the one they have."
          : "Calendars take the meeting out."}
      </p>
      <Code label="Invitation">{ics.trim()}</Code>
      <a
        href={`data:text/calendar;charset=utf-8,${encodeURIComponent(ics)}`}
        download="invite.ics"
        className="w-fit rounded-sm text-accent-text underline underline-offset-2"
      >
        Download invite.ics
      </a>
    </Card>
  );
}
