import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";
import { BottomNav } from "./bottom-nav";
import { SideLinks } from "./side-links";

type Props = {
  account: ReactNode;
  /** Links for administrators alone. */
  admin: ReactNode;
  children: ReactNode;
};

/** The frame of every page a host works in: a sidebar, on phones a bar at the bottom. */
export function Shell({ account, admin, children }: Props) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[16.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised font-medium shadow-pop focus-visible:not-sr-only focus-visible:fixed focus-visible:top-3 focus-visible:left-3 focus-visible:px-4 focus-visible:py-3"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-8 overflow-y-auto border-line border-r bg-surface px-4 py-6 lg:flex">
        <Home />
        <SideLinks admin={admin} />
        <div className="mt-auto">{account}</div>
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="flex h-14 items-center px-5 lg:hidden">
          <Home />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-5xl flex-1 px-5 pt-3 pb-32 has-data-wide:max-w-[100rem] has-data-wide:px-3 sm:px-8 sm:has-data-wide:px-6 lg:px-12 lg:pt-12 lg:pb-20 lg:has-data-wide:px-8 lg:has-data-wide:pt-6 lg:has-data-wide:pb-6"
        >
          {children}
        </main>
      </div>
      <BottomNav account={account} admin={admin} />
    </div>
  );
}

function Home() {
  return (
    <Link
      href="/dashboard"
      aria-label="Calends, to the dashboard"
      className="w-fit rounded-md px-1 py-2 lg:px-2"
    >
      <Logo />
    </Link>
  );
}
