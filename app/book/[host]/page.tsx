import { CalendarOff } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { HostPage } from "@/components/booking/host-page";
import { PublicShell } from "@/components/booking/public-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { listBookingPages } from "@/lib/booking/public";

type Props = { params: Promise<{ host: string }> };

const list = cache(listBookingPages);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const pages = await list((await params).host);
  return pages
    ? { title: `Book ${pages.host.name}`, description: `Book a time with ${pages.host.name}.` }
    : {};
}

export default async function BookHostPage({ params }: Props) {
  await connection();
  const pages = await list((await params).host);
  if (!pages) notFound();
  return (
    <PublicShell>
      <HostPage
        {...pages}
        empty={
          <EmptyState
            icon={CalendarOff}
            title="Nothing to book at the moment"
            description={`${pages.host.name} does not offer any meetings right now. Please look again another day.`}
          />
        }
      />
    </PublicShell>
  );
}
