import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { Connection } from "@/lib/connections/list";

type Props = { connection: Connection; actions: ReactNode; children: ReactNode };

/** One account: whose it is, whether it still lets us in, and its calendars. */
export function ConnectionCard({ connection, actions, children }: Props) {
  const { account, serverUrl, status, lastError } = connection;
  return (
    <Card aria-label={account}>
      <CardHeader
        title={<span className="wrap-anywhere">{account}</span>}
        description={hostOf(serverUrl)}
        actions={actions}
      />
      {status === "reconnect" && (
        <Banner
          tone="danger"
          title="The password no longer works"
          className="mx-5 mb-5 sm:mx-6"
          action={
            <ButtonLink href={`/connections/new?reconnect=${connection.id}`} variant="primary" size="sm">
              Enter a new password
            </ButtonLink>
          }
        >
          {lastError ?? "The password was changed or withdrawn."} Until then its calendars are not read, and
          new bookings close.
        </Banner>
      )}
      {children}
    </Card>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
