import type { Metadata } from "next";
import { Suspense } from "react";
import { ConnectForm } from "@/components/connections/connect-form";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { listConnections } from "@/lib/connections/list";
import { connectAccount } from "../actions";

export const metadata: Metadata = { title: "Connect a calendar" };

type Props = { searchParams: Promise<{ reconnect?: string | string[] }> };

export default function ConnectPage(props: Props) {
  return (
    <div className="max-w-2xl">
      <PageHeader
        title="Connect a calendar"
        description="We look for your calendars and ask what each one is for. Nothing is changed in them."
      />
      <Suspense fallback={<FormSkeleton />}>
        <Connect {...props} />
      </Suspense>
    </div>
  );
}

async function Connect({ searchParams }: Props) {
  const { reconnect } = await searchParams;
  const connections = await listConnections(await viewerAt("/connections/new"));
  const known = connections.find(({ id }) => id === reconnect);
  return (
    <ConnectForm
      known={known && { server: known.serverUrl, username: known.account }}
      connect={connectAccount}
    />
  );
}
