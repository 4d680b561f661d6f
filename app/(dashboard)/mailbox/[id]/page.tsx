import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { MailBody } from "@/components/mailbox/mail-body";
import { MailFacts } from "@/components/mailbox/mail-facts";
import { MailStatus } from "@/components/mailbox/mail-status";
import { ResendButton } from "@/components/mailbox/resend-button";
import { Card, CardBody } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findMail } from "@/lib/mailbox/find";
import { mailPart } from "@/lib/mailbox/schema";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../reader";
import { resend } from "../actions";

export const metadata: Metadata = { title: "Mail" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ part?: string | string[] }>;
};

export default function MailPage(props: Props) {
  return (
    <Suspense fallback={<RowsSkeleton rows={4} />}>
      <Mail {...props} />
    </Suspense>
  );
}

async function Mail({ params, searchParams }: Props) {
  const { id } = await params;
  const viewer = await viewerAt(`/mailbox/${id}`);
  if (viewer.role !== "admin") notFound();
  const [mail, { timeZone }] = await Promise.all([findMail(viewer, id), getProfile(viewer)]);
  if (!mail) notFound();
  const clock = await readerClock(timeZone);
  const asked = mailPart.parse((await searchParams).part);
  return (
    <>
      {mail.status === "queued" && <StayFresh everyMs={5_000} />}
      <Link
        href="/mailbox"
        className="mb-3 inline-flex min-h-9 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink pointer-coarse:min-h-11"
      >
        <ArrowLeft aria-hidden="true" className="size-4" />
        Mailbox
      </Link>
      <PageHeader
        title={mail.subject}
        description={<MailStatus mail={mail} />}
        actions={mail.status === "failed" && <ResendButton resend={resend.bind(null, id)} />}
      />
      <div className="flex flex-col gap-6">
        <Card>
          <CardBody className="pt-5 sm:pt-6">
            <MailFacts mail={mail} clock={clock} />
          </CardBody>
        </Card>
        <MailBody mail={mail} part={asked === "invitation" && !mail.invitation ? "html" : asked} />
      </div>
    </>
  );
}
