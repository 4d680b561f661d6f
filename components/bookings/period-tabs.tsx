import clsx from "clsx";
import Link from "next/link";
import type { BookingPeriod } from "@/lib/booking/list";

const tabs = [
  { period: "upcoming", label: "Upcoming" },
  { period: "past", label: "Past" },
  { period: "dropped", label: "Declined and cancelled" },
] as const;

export function PeriodTabs({ period: current }: { period: BookingPeriod }) {
  return (
    <nav aria-label="Which bookings" className="-mx-5 mb-6 overflow-x-auto px-5 sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-1 rounded-md bg-sunken p-1">
        {tabs.map(({ period, label }) => (
          <li key={period}>
            <Link
              href={`/bookings?period=${period}`}
              aria-current={period === current ? "page" : undefined}
              className={clsx(
                "flex min-h-9 items-center rounded-sm px-3.5 font-medium text-sm transition-colors pointer-coarse:min-h-11",
                period === current ? "bg-raised text-ink shadow-card" : "text-muted hover:text-ink",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
