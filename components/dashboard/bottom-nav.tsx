"use client";

import clsx from "clsx";
import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { adminItems, mainItems, moreItems } from "./nav-items";
import { isWithin, NavList } from "./side-links";

const place =
  "flex min-h-14 w-full flex-col items-center justify-center gap-1 rounded-md font-medium text-[0.6875rem] leading-none";

export function BottomNav({ account, admin }: { account: ReactNode; admin: ReactNode }) {
  const path = usePathname();
  // Open on this page only: whatever link was followed, the menu is gone on the next one.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const setOpen = (isOpen: boolean) => setOpenAt(isOpen ? path : null);
  const isMore = [...moreItems, ...adminItems].some(({ href }) => isWithin(path, href));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-line border-t bg-surface px-1 pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto grid max-w-lg grid-cols-5">
        {mainItems.map(({ href, label, Icon }) => {
          const isHere = isWithin(path, href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={clsx(place, isHere ? "text-accent-text" : "text-muted")}
              >
                <Mark isOn={isHere}>
                  <Icon aria-hidden="true" className="size-5" />
                </Mark>
                {label}
              </Link>
            </li>
          );
        })}
        <li>
          <Dialog
            title="More"
            open={openAt === path}
            onOpenChange={setOpen}
            trigger={
              <button type="button" className={clsx(place, isMore ? "text-accent-text" : "text-muted")}>
                <Mark isOn={isMore}>
                  <Menu aria-hidden="true" className="size-5" />
                </Mark>
                More
              </button>
            }
          >
            <div className="flex flex-col gap-5 pt-1">
              <NavList items={moreItems} onFollow={() => setOpen(false)} />
              {admin}
              <div className="border-line border-t pt-4">{account}</div>
            </div>
          </Dialog>
        </li>
      </ul>
    </nav>
  );
}

function Mark({ isOn, children }: { isOn: boolean; children: ReactNode }) {
  return (
    <span className={clsx("grid h-7 w-12 place-items-center rounded-full", isOn && "bg-accent-soft")}>
      {children}
    </span>
  );
}
