import { Briefcase, GraduationCap, type LucideIcon, Rss, TreePalm } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { WhereToFind } from "./where-to-find";

const examples: { Icon: LucideIcon; title: string; description: string }[] = [
  {
    Icon: TreePalm,
    title: "Public holidays",
    description: "Let them block bookings, and nobody is offered a time on those days.",
  },
  {
    Icon: GraduationCap,
    title: "School terms, court sessions, fixtures",
    description: "In sight while you plan, without taking any of your time.",
  },
  {
    Icon: Briefcase,
    title: "A colleague's published calendar",
    description: "See when they are away, whatever calendar they use.",
  },
];

/** What subscriptions are good for, and how to come by the first one. */
export function NoSubscriptions({ action }: { action: ReactNode }) {
  return (
    <div className="flex flex-col gap-6">
      <Card>
        <EmptyState
          icon={Rss}
          title="No subscriptions yet"
          description="Many calendars are published at an address. Paste one here, and its events appear in your calendar and stay fresh by themselves."
          action={action}
          className="pb-8"
        />
        <ul className="grid border-line border-t max-md:divide-y max-md:divide-line md:grid-cols-3 md:divide-x md:divide-line">
          {examples.map(({ Icon, title, description }) => (
            <li key={title} className="flex gap-3.5 p-5 sm:px-6">
              <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-text" />
              <span className="flex flex-col gap-0.5">
                <span className="font-medium text-[0.9375rem]">{title}</span>
                <span className="text-muted text-sm">{description}</span>
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card>
        <CardHeader title="Where to find the address" className="pb-4" />
        <CardBody>
          <WhereToFind />
        </CardBody>
      </Card>
    </div>
  );
}
