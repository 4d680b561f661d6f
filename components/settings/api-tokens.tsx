import { StatusBadge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { List, ListRow } from "@/components/ui/list";
import type { ActionResult } from "@/lib/action";
import type { ApiToken } from "@/lib/api-tokens/list";
import { type Clock, dayOf, formatDay } from "@/lib/time";
import { NewTokenDialog } from "./new-token-dialog";
import { RevokeToken } from "./revoke-token";

type Props = {
  tokens: ApiToken[];
  /** What the addresses of the API begin with. */
  apiUrl: string;
  now: Date;
  clock: Clock;
  create: (form: FormData) => Promise<ActionResult<string>>;
  revoke: (id: string) => Promise<ActionResult<void>>;
};

/** The programs that may act as this user. */
export function ApiTokens({ tokens, apiUrl, now, clock, create, revoke }: Props) {
  return (
    <Card>
      <CardHeader
        title="API tokens"
        description="Programs with one use the API as you, until you revoke it."
        actions={<NewTokenDialog apiUrl={apiUrl} create={create} />}
      />
      {tokens.length === 0 ? (
        <CardBody>
          <p className="text-muted text-sm">No program has a token of yours.</p>
        </CardBody>
      ) : (
        <List className="border-line border-t">
          {tokens.map((token) => (
            <ListRow
              key={token.id}
              title={<span className="wrap-anywhere">{token.name}</span>}
              description={factsOf(token, now, clock)}
              trailing={
                <>
                  {isExpired(token, now) && <StatusBadge status="off">Expired</StatusBadge>}
                  <RevokeToken name={token.name} revoke={revoke.bind(null, token.id)} />
                </>
              }
            />
          ))}
        </List>
      )}
    </Card>
  );
}

const isExpired = ({ expiresAt }: ApiToken, now: Date) => expiresAt !== null && expiresAt <= now;

function factsOf(token: ApiToken, now: Date, clock: Clock): string {
  const { createdAt, lastUsedAt, expiresAt } = token;
  const day = (instant: Date) =>
    formatDay(dayOf(instant, clock.timeZone), clock.locale, {
      day: "numeric",
      month: "short",
      year: "numeric",
    });
  return [
    `Made ${day(createdAt)}`,
    lastUsedAt ? `last used ${day(lastUsedAt)}` : "never used",
    expiresAt ? `${isExpired(token, now) ? "expired" : "expires"} ${day(expiresAt)}` : "does not expire",
  ].join(" · ");
}
