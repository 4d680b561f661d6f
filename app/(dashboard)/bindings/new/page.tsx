import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { BindingForm } from "@/components/bindings/binding-form";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { count, create } from "../actions";
import { listChoices } from "../choices";

export const metadata: Metadata = { title: "New binding" };

export default function NewBindingPage() {
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="New binding"
        description="What you choose is copied into the calendar within seconds, and kept in step in both directions."
      />
      <Suspense fallback={<FormSkeleton />}>
        <NewBinding />
      </Suspense>
    </div>
  );
}

async function NewBinding() {
  const { accounts, nodes } = await listChoices(await viewerAt("/bindings/new"));
  const writable = accounts.flatMap(({ calendars }) => calendars).filter(({ isReadOnly }) => !isReadOnly);
  // The list says where to begin.
  if (writable.length === 0) redirect("/bindings");
  const calendarId = writable.length === 1 ? (writable[0]?.id ?? null) : null;
  return (
    <BindingForm
      initial={{ calendarId, scope: "all_visible", scopeId: null, includePersonal: false }}
      isNew
      accounts={accounts}
      nodes={nodes}
      save={create}
      count={count}
    />
  );
}
