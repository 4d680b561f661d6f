import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { BindingForm } from "@/components/bindings/binding-form";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { findBinding } from "@/lib/bindings/list";
import { count, save } from "../actions";
import { listChoices } from "../choices";

export const metadata: Metadata = { title: "Binding" };

type Props = { params: Promise<{ id: string }> };

export default function BindingPage(props: Props) {
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="Change a binding"
        description="Copies that are no longer wanted are taken out of the calendar; nothing else in it is touched."
      />
      <Suspense fallback={<FormSkeleton />}>
        <EditBinding {...props} />
      </Suspense>
    </div>
  );
}

async function EditBinding({ params }: Props) {
  const { id } = await params;
  const viewer = await viewerAt(`/bindings/${id}`);
  const binding = await findBinding(viewer, id);
  if (!binding) notFound();
  const { calendar, scope, scopeId, includePersonal } = binding;
  return (
    <BindingForm
      initial={{ calendarId: calendar.id, scope, scopeId, includePersonal }}
      isNew={false}
      {...(await listChoices(viewer))}
      save={save.bind(null, id)}
      count={count}
    />
  );
}
