import { ButtonLink } from "@/components/ui/button";
import type { ClosedReason } from "@/lib/availability/closed";
import type { Connection } from "@/lib/connections/list";
import type { Clock } from "@/lib/time";
import { ClosedBanner } from "./closed-banner";

type Props = {
  closed: ClosedReason | null;
  connections: Connection[];
  clock: Clock;
  now: Date;
};

/** What closes the booking pages; above it every page says which accounts want reconnecting. */
export function Warnings({ closed, connections, clock, now }: Props) {
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      {closed && (
        <ClosedBanner
          closed={closed}
          connections={connections}
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
    </div>
  );
}
