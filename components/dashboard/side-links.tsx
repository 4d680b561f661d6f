"use client";

import clsx from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { adminItems, mainItems, moreItems } from "./nav-items";

export function SideLinks({ admin }: { admin: ReactNode }) {
  return (
    <nav aria-label="Main" className="flex flex-col gap-6">
      <NavList items={mainItems} />
      <NavList items={moreItems} />
      {admin}
    </nav>
  );
}

/** For who administers this installation. */
export const AdminLinks = () => <NavList items={adminItems} />;

export function NavList({ items, onFollow }: { items: typeof mainItems; onFollow?: () => void }) {
  const path = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {items.map(({ href, label, Icon }) => {
        const isHere = isWithin(path, href);
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={isHere ? "page" : undefined}
              {...(onFollow ? { onClick: onFollow } : {})}
              className={clsx(
                "flex min-h-11 items-center gap-3 rounded-md px-3 text-[0.9375rem] transition-colors",
                isHere
                  ? "bg-accent-soft font-semibold text-accent-text"
                  : "font-medium text-muted hover:bg-sunken hover:text-ink",
              )}
            >
              <Icon aria-hidden="true" className="size-4.5 shrink-0" />
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

export function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
