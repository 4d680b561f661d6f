import type { Metadata } from "next";
import { Suspense } from "react";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { SubscriptionForm } from "@/components/subscriptions/subscription-form";
import { PageHeader } from "@/components/ui/page-header";
import { QueryProvider } from "@/components/ui/query-provider";
import { viewerAt } from "@/lib/auth/session";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../reader";
import { create } from "../actions";

export const metadata: Metadata = { title: "Subscribe to a calendar" };

export default function NewSubscriptionPage() {
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Subscribe to a calendar"
        description="Paste its address, and see what it holds before anything is kept."
      />
      <Suspense fallback={<FormSkeleton />}>
        <NewSubscription />
      </Suspense>
    </div>
  );
}

async function NewSubscription() {
  const { timeZone } = await getProfile(await viewerAt("/subscriptions/new"));
  return (
    <QueryProvider>
      <SubscriptionForm before={null} clock={await readerClock(timeZone)} save={create} />
    </QueryProvider>
  );
}
