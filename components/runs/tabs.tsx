import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";

type Props = { label: string; tabs: { href: Route; label: string }[]; current: string };

/** Links that look like one switch. */
export function Tabs({ label, tabs, current }: Props) {
  return (
    <nav aria-label={label} className="-mx-5 overflow-x-auto px-5 sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-1 rounded-md bg-sunken p-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.href === current ? "page" : undefined}
              className={clsx(
                "flex min-h-9 items-center rounded-sm px-3 font-medium text-sm transition-colors sm:px-3.5 pointer-coarse:min-h-11",
                tab.href === current ? "bg-raised text-ink shadow-card" : "text-muted hover:text-ink",
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
