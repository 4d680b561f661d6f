"use client";

import { usePathname } from "next/navigation";
import { lockedTitle } from "@/components/connections/reconnect";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { LockedAccount } from "@/lib/connections/locked";

/** On every page: accounts that no longer let us in. Where connections are looked at, their cards say so. */
export function ReconnectBanner({ accounts }: { accounts: LockedAccount[] }) {
  const isThere = usePathname().startsWith("/connections");
  const [first] = accounts;
  if (!first || isThere) return null;
  return (
    <Banner
      tone="danger"
      title={accounts.length === 1 ? lockedTitle(first, first.account) : "Some accounts want reconnecting"}
      className="mb-6 sm:mb-8"
      action={
        <ButtonLink href="/connections" size="sm">
          {accounts.length === 1 ? "Reconnect it" : "Reconnect them"}
        </ButtonLink>
      }
    >
      {accounts.length === 1
        ? "Its calendars are not read until it is connected again, and your booking pages close meanwhile."
        : `The calendars of ${listed(accounts)} are not read until they are connected again, and your booking pages close meanwhile.`}
    </Banner>
  );
}

function listed(accounts: LockedAccount[]): string {
  return new Intl.ListFormat("en").format(accounts.map(({ account }) => account));
}
