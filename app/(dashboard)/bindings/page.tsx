import { CalendarSync, Plus } from "lucide-react";
import type { Metadata } from "next";
import { type ReactNode, Suspense } from "react";
import { BindingList } from "@/components/bindings/binding-list";
import { healthOf } from "@/components/bindings/words";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { type Binding, listBindings } from "@/lib/bindings/list";
import { listConnections } from "@/lib/connections/list";
import * as actions from "./actions";

export const metadata: Metadata = { title: "Mirroring" };

export default function BindingsPage() {
  return (
    <Suspense
      fallback={
        <>
          <Header />
          <RowsSkeleton rows={3} />
        </>
      }
    >
      <Bindings />
    </Suspense>
  );
}

async function Bindings() {
  const viewer = await viewerAt("/bindings");
  const [bindings, connections] = await Promise.all([listBindings(viewer), listConnections(viewer)]);
  const hasWritable = connections.some(({ calendars }) => calendars.some(({ isReadOnly }) => !isReadOnly));
  const { setEnabled, sync, remove } = actions;
  return (
    <>
      <Header>{hasWritable && <NewBinding />}</Header>
      {bindings.length === 0 ? (
        <Nothing hasWritable={hasWritable} />
      ) : (
        <>
          <StayFresh everyMs={bindings.some(isUnderWay) ? 2000 : 30_000} />
          <BindingList bindings={bindings} now={new Date()} actions={{ setEnabled, sync, remove }} />
        </>
      )}
    </>
  );
}

function Header({ children }: { children?: ReactNode }) {
  return (
    <PageHeader
      title="Mirroring"
      description="A binding copies your appointments, all or those of one client or case, into a calendar of yours, and keeps both in step."
      actions={children}
    />
  );
}

const isUnderWay = (binding: Binding) => healthOf(binding).status === "working" || binding.leaving > 0;

function NewBinding() {
  return (
    <ButtonLink href="/bindings/new" variant="primary">
      <Plus aria-hidden="true" />
      New binding
    </ButtonLink>
  );
}

function Nothing({ hasWritable }: { hasWritable: boolean }) {
  if (!hasWritable)
    return (
      <Card>
        <EmptyState
          icon={CalendarSync}
          title="First, a calendar to copy into"
          description="Connect an account with a calendar that can be written. The first CalDAV account gets everything you see by itself; what else goes where is said here."
          action={
            <ButtonLink href="/connections/new" variant="primary">
              Connect a calendar
            </ButtonLink>
          }
        />
      </Card>
    );
  return (
    <Card>
      <EmptyState
        icon={CalendarSync}
        title="Nothing is mirrored yet"
        description="Choose a calendar, and what is copied into it: everything you see, your personal appointments, or those of one client, litigation, patent, case or project."
        action={<NewBinding />}
      />
    </Card>
  );
}
