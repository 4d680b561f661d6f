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
import { viewerAt } from "@/lib/auth/session";
import { listMails } from "@/lib/mailbox/list";
import { type MailsQuery, mailsQuery } from "@/lib/mailbox/schema";
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
        <Pages asked={asked} oldest={hasMore ? last?.id : undefined} />
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

function Pages({ asked, oldest }: { asked: MailsQuery; oldest: string | undefined }) {
  if (!asked.before && !oldest) return null;
  return (
    <nav aria-label="Pages" className="flex justify-between">
      {asked.before ? (
        <ButtonLink href={mailboxHref({ status: asked.status })}>Newest mails</ButtonLink>
      ) : (
        <span />
      )}
      {oldest && <ButtonLink href={mailboxHref({ ...asked, before: oldest })}>Older mails</ButtonLink>}
    </nav>
  );
}

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
