import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { MailList } from "@/components/mailbox/mail-list";
import { mailboxHref } from "@/components/mailbox/mailbox-href";
import { NoServerBanner } from "@/components/mailbox/no-server-banner";
import { Tabs } from "@/components/runs/tabs";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pages } from "@/components/ui/pages";
import { viewerAt } from "@/lib/auth/session";
import { listMails } from "@/lib/mailbox/list";
import { mailsQuery } from "@/lib/mailbox/schema";
import { sendsMail } from "@/lib/mailbox/sends-mail";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";

export const metadata: Metadata = { title: "Mailbox" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function MailboxPage(props: Props) {
  return (
    <Suspense fallback={<RowsSkeleton rows={6} />}>
      <Mailbox {...props} />
    </Suspense>
  );
}

async function Mailbox({ searchParams }: Props) {
  const viewer = await viewerAt("/mailbox");
  if (viewer.role !== "admin") notFound();
  const asked = mailsQuery.parse(await searchParams);
  const [{ mails, hasMore }, { timeZone }] = await Promise.all([
    listMails(viewer, asked),
    getProfile(viewer),
  ]);
  const clock = await readerClock(timeZone);
  const last = mails.at(-1);
  return (
    <>
      <PageHeader
        title="Mailbox"
        description="Every mail of the last 90 days to visitors and hosts, newest first."
      />
      <div className="flex flex-col gap-4">
        {!sendsMail() && <NoServerBanner />}
        <Tabs
          label="Which mails"
          tabs={statuses.map(({ status, label }) => ({ href: mailboxHref({ status }), label }))}
          current={mailboxHref({ status: asked.status })}
        />
        <Card className="overflow-hidden">
          {mails.length > 0 ? (
            <MailList mails={mails} clock={clock} />
          ) : (
            <NoMails isFiltered={!!(asked.status || asked.before)} />
          )}
        </Card>
        <Pages
          of="mails"
          newest={asked.before ? mailboxHref({ status: asked.status }) : null}
          older={hasMore && last ? mailboxHref({ ...asked, before: last.id }) : null}
        />
      </div>
    </>
  );
}

const statuses = [
  { status: undefined, label: "All" },
  { status: "queued", label: "Queued" },
  { status: "sent", label: "Sent" },
  { status: "failed", label: "Failed" },
] as const;

function NoMails({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState
        icon={Mail}
        title="No such mails"
        description="Nothing of the last 90 days matches."
        action={
          <ButtonLink href="/mailbox" size="sm">
            Show all mails
          </ButtonLink>
        }
      />
    );
  return (
    <EmptyState
      icon={Mail}
      title="No mails yet"
      description="When somebody books, the mails to them and to the host show up here with what became of them."
    />
  );
}
