import type { Metadata } from "next";
import { Suspense } from "react";
import { ConnectForm } from "@/components/connections/connect-form";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { Banner } from "@/components/ui/banner";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { googleSetup } from "@/lib/connections/google/setup";
import { type Connection, listConnections } from "@/lib/connections/list";
import { findProblem } from "@/lib/connections/problem";
import { connectAccount } from "../actions";

export const metadata: Metadata = { title: "Connect a calendar" };

type Props = { searchParams: Promise<{ reconnect?: string | string[]; problem?: string | string[] }> };

export default function ConnectPage(props: Props) {
  return (
    <div className="max-w-2xl">
      <PageHeader
        title="Connect a calendar"
        description="We look for your calendars and ask what each one is for. What is in them stays as it is."
      />
      <Suspense fallback={<FormSkeleton />}>
        <Connect {...props} />
      </Suspense>
    </div>
  );
}

async function Connect({ searchParams }: Props) {
  const { reconnect, problem: sealed } = await searchParams;
  const viewer = await viewerAt("/connections/new");
  const connections = await listConnections(viewer);
  const known = connections.find(({ id }) => id === reconnect);
  const problem = findProblem(viewer, sealed, new Date());
  return (
    <div className="flex flex-col gap-6">
      {problem && (
        <Banner
          tone="danger"
          title={known ? "The account was not reconnected" : "The account was not connected"}
        >
          {problem}
        </Banner>
      )}
      <ConnectForm
        known={known && accountOf(known)}
        setup={googleSetup(viewer)}
        isBackFromGoogle={problem !== null}
        connect={connectAccount}
      />
    </div>
  );
}

const accountOf = ({ id, provider, serverUrl, account }: Connection) => ({
  id,
  provider,
  serverUrl,
  account,
});
