import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { type ReactNode, Suspense } from "react";
import { ClosedBanner } from "@/components/dashboard/closed-banner";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { NoSubscriptions } from "@/components/subscriptions/no-subscriptions";
import { SubscriptionList } from "@/components/subscriptions/subscription-list";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findClosedReason } from "@/lib/availability/closed";
import type { ListedSubscription } from "@/lib/subscriptions/view";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import * as actions from "./actions";
import { listAllSubscriptions } from "./all";

export const metadata: Metadata = { title: "Subscriptions" };

export default function SubscriptionsPage() {
  return (
    <Suspense
      fallback={
        <>
          <Header />
          <RowsSkeleton rows={3} />
        </>
      }
    >
      <Subscriptions />
    </Suspense>
  );
}

async function Subscriptions() {
  const viewer = await viewerAt("/subscriptions");
  const now = new Date();
  const [subscriptions, { timeZone }, closed] = await Promise.all([
    listAllSubscriptions(viewer),
    getProfile(viewer),
    findClosedReason(viewer, now),
  ]);
  const { refresh, setBlocking, remove, listChanges, changeEvent } = actions;
  if (subscriptions.length === 0)
    return (
      <>
        <Header />
        <NoSubscriptions action={<Subscribe />} />
      </>
    );
  const clock = await readerClock(timeZone);
  return (
    <>
      <Header>
        <Subscribe />
      </Header>
      <StayFresh everyMs={subscriptions.some(({ status }) => status === "pending") ? 2000 : 30_000} />
      {closed?.isSubscribed && !subscriptions.some(isFirstRead) && (
        <div className="mb-6">
          <ClosedBanner closed={closed} connections={[]} clock={clock} now={now} isAmongFeeds />
        </div>
      )}
      <SubscriptionList
        subscriptions={subscriptions}
        now={now}
        clock={clock}
        actions={{ refresh, setBlocking, remove, listChanges, changeEvent }}
      />
    </>
  );
}

/** A first read takes seconds, and closes nothing worth a word. */
const isFirstRead = ({ status, lastSyncedAt }: ListedSubscription) =>
  status === "pending" && lastSyncedAt === null;

function Header({ children }: { children?: ReactNode }) {
  return (
    <PageHeader
      title="Subscriptions"
      description="Calendars that others publish at an address, read again and again. Nothing is ever written into them."
      actions={children}
    />
  );
}

function Subscribe() {
  return (
    <ButtonLink href="/subscriptions/new" variant="primary">
      <Plus aria-hidden="true" />
      Subscribe to a calendar
    </ButtonLink>
  );
}
