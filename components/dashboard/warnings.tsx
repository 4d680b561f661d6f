import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { ClosedReason } from "@/lib/availability/closed";
import type { Connection } from "@/lib/connections/list";
import type { Clock } from "@/lib/time";
import { ClosedBanner } from "./closed-banner";

type Props = {
  closed: ClosedReason | null;
  connections: Connection[];
  maxStalenessMinutes: number;
  clock: Clock;
  now: Date;
};

/** What needs the host: first what closes their booking pages. */
export function Warnings({ closed, connections, maxStalenessMinutes, clock, now }: Props) {
  const locked = connections.filter(({ status }) => status === "reconnect");
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      {closed && (
        <ClosedBanner
          closed={closed}
          connections={connections}
          maxStalenessMinutes={maxStalenessMinutes}
          clock={clock}
          now={now}
          action={
            <>
              <ButtonLink href="/connections" size="sm">
                Look at the calendar
              </ButtonLink>
              <ButtonLink href="/settings" size="sm">
                Change how old a reading may be
              </ButtonLink>
            </>
          }
        />
      )}
      {locked.map(({ id, account }) => (
        <Banner
          key={id}
          tone="danger"
          title={`The password for ${account} no longer works`}
          action={
            <ButtonLink href={`/connections/new?reconnect=${id}`} size="sm">
              Enter a new password
            </ButtonLink>
          }
        >
          Its calendars are not read until there is a new one, and your booking pages close meanwhile.
        </Banner>
      ))}
    </div>
  );
}
