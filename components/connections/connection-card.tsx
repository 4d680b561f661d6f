import type { ReactNode } from "react";
import { TimeAgo } from "@/components/dashboard/time-ago";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { Connection } from "@/lib/connections/list";
import { ProviderMark } from "./provider-mark";
import { lockedTitle, ReconnectLink } from "./reconnect";

type Props = { connection: Connection; now: Date; actions: ReactNode; children: ReactNode };

/** One account: whose it is, whether it still lets us in, and its calendars. */
export function ConnectionCard({ connection, now, actions, children }: Props) {
  const { account, provider, providerName, status, bindingError } = connection;
  return (
    <Card aria-label={account}>
      <CardHeader
        title={
          <span className="flex items-center gap-3.5">
            <ProviderMark provider={provider} />
            <span className="flex min-w-0 flex-col">
              <span className="wrap-anywhere">{account}</span>
              <span className="wrap-anywhere font-normal text-muted text-sm">{providerName}</span>
            </span>
          </span>
        }
        actions={actions}
      />
      {status === "reconnect" && (
        <Banner
          tone="danger"
          title={lockedTitle(connection)}
          className="mx-5 mb-5 sm:mx-6"
          action={<ReconnectLink account={connection} />}
        >
          <Locked connection={connection} now={now} />
        </Banner>
      )}
      {status === "connected" && bindingError && (
        <Banner
          tone="danger"
          title="Not everything could be copied into it"
          className="mx-5 mb-5 sm:mx-6"
          action={
            <ButtonLink href="/bindings" size="sm">
              See mirroring
            </ButtonLink>
          }
        >
          {bindingError}
        </Banner>
      )}
      {children}
    </Card>
  );
}

function Locked({ connection, now }: Pick<Props, "connection" | "now">) {
  const { provider, lastError, statusSince, calendars } = connection;
  const cause =
    provider === "google" ? "Access was withdrawn or has run out." : "It was changed or withdrawn.";
  const isBlocking = calendars.some(({ checksConflicts }) => checksConflicts);
  return (
    <>
      {lastError ?? cause} We noticed <TimeAgo instant={statusSince} now={now} />. Until you{" "}
      {provider === "google" ? "allow it again" : "enter a new one"}, its calendars are not read
      {isBlocking ? " and your booking pages are closed" : ""}.
    </>
  );
}
