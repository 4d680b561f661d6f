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
      {accounts.length === 1 ? "Its calendars" : `The calendars of ${listed(accounts)}`} are not read until{" "}
      {accounts.length === 1 ? "it is" : "they are"} connected again
      {accounts.some(({ isBlocking }) => isBlocking) ? ", and your booking pages are closed meanwhile" : ""}.
    </Banner>
  );
}

function listed(accounts: LockedAccount[]): string {
  return new Intl.ListFormat("en").format(accounts.map(({ account }) => account));
}
