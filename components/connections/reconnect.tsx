import { ButtonLink, buttonClass } from "@/components/ui/button";
import type { LockedAccount } from "@/lib/connections/locked";

type Account = Pick<LockedAccount, "id" | "provider" | "providerName">;

/** Why an account no longer lets us in, in a few words. */
export const lockedTitle = ({ provider }: Pick<Account, "provider">, account?: string) =>
  provider === "google"
    ? `Google no longer lets us in${account ? ` to ${account}` : ""}`
    : `The password${account ? ` for ${account}` : ""} no longer works`;

/** Where access is given anew. */
export function ReconnectLink({ account: { id, provider, providerName } }: { account: Account }) {
  if (provider === "google")
    return (
      // A route that leads away, so not one to be fetched ahead.
      <a
        href={`/api/connect/google?reconnect=${id}`}
        className={buttonClass({ variant: "primary", size: "sm" })}
      >
        Reconnect {providerName}
      </a>
    );
  return (
    <ButtonLink href={`/connections/new?reconnect=${id}`} variant="primary" size="sm">
      Enter a new password
    </ButtonLink>
  );
}
