import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { Booker } from "@/components/booking/booker";
import { PublicShell } from "@/components/booking/public-shell";
import { findBookingPage } from "@/lib/booking/public";

type Props = { params: Promise<{ host: string; eventType: string }> };

const find = cache(findBookingPage);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { host, eventType } = await params;
  const page = await find(host, eventType);
  if (!page) return {};
  return {
    title: `${page.eventType.title} with ${page.host.name}`,
    description: page.eventType.description ?? `Book a time with ${page.host.name}.`,
  };
}

// No Suspense here: an unknown page must answer 404 before anything is sent.
export default async function BookEventTypePage({ params }: Props) {
  await connection();
  const { host, eventType } = await params;
  const page = await find(host, eventType);
  if (!page) notFound();
  return (
    <PublicShell wide>
      <Booker page={page} />
    </PublicShell>
  );
}
