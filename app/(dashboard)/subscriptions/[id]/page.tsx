import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { SubscriptionForm } from "@/components/subscriptions/subscription-form";
import { PageHeader } from "@/components/ui/page-header";
import { QueryProvider } from "@/components/ui/query-provider";
import { viewerAt } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import { getSubscription } from "@/lib/subscriptions/get";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../../reader";
import { save } from "../actions";

export const metadata: Metadata = { title: "Subscription" };

type Props = { params: Promise<{ id: string }> };

export default function SubscriptionPage(props: Props) {
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Edit a subscription"
        description="What you change here is yours alone; the feed knows nothing of it."
      />
      <Suspense fallback={<FormSkeleton />}>
        <EditSubscription {...props} />
      </Suspense>
    </div>
  );
}

async function EditSubscription({ params }: Props) {
  const { id } = await params;
  const viewer = await viewerAt(`/subscriptions/${id}`);
  const [subscription, { timeZone }] = await Promise.all([
    getSubscription(viewer, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }),
    getProfile(viewer),
  ]);
  return (
    <QueryProvider>
      <SubscriptionForm
        before={{ ...subscription, url: subscription.url ?? "" }}
        clock={await readerClock(timeZone)}
        save={save.bind(null, id)}
      />
    </QueryProvider>
  );
}
