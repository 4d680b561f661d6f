import { formatOffset, zoneCity } from "@/lib/time";

/** Where people meet in person, the clock on the wall there is the one that counts. */
export function LockedZone({ timeZone, instant }: { timeZone: string; instant: Date }) {
  return (
    <div className="py-2.5">
      <p>
        {zoneCity(timeZone)} time <span className="text-muted">{formatOffset(instant, timeZone)}</span>
      </p>
      <p className="text-muted text-sm">You meet in person, so all times are those of the place.</p>
    </div>
  );
}
