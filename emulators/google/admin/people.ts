import { announceList } from "../channels/announce";
import type { Google } from "../google";
import { endGrant } from "../oauth/revoke";
import { splitScopes } from "../oauth/scopes";
import { randomBetween, randomToken } from "../random";
import type { AccessToken, Client, User } from "../state";
import { addCalendar, enlist } from "./calendars";
import { getUser } from "./find";

export function peopleAdmin(google: Google) {
  return {
    addClient: (client: Pick<Client, "id" | "secret" | "redirectUris"> & Partial<Client>): Client => {
      const made: Client = { status: "production", ...client };
      google.state.clients.set(made.id, made);
      return made;
    },
    /** With a primary calendar, whose id is the address. */
    addUser: (user: { email: string; name?: string; timeZone?: string }) => addUser(google, user),
    /** Who lets which client in, and how far. */
    grants: () => [...google.state.grants.values()],
    /** What the person does on "third-party apps with account access". */
    revokeGrant: (grant: { email: string; clientId?: string; subtype?: string }) => endGrant(google, grant),
    expireAccessTokens: ({ email }: { email?: string } = {}) => {
      for (const access of tokensOf(google, email)) access.expiresAt = google.clock.now();
    },
    /** An administrator takes some of the scopes back. */
    narrowScopes: ({ email, scopes }: { email: string; scopes: string[] }) => {
      const left = splitScopes(scopes.join(" "));
      const holders = [...google.state.refreshTokens.values(), ...google.state.grants.values()];
      for (const holder of [...tokensOf(google, email), ...holders]) {
        if (holder.email === email) holder.scopes = holder.scopes.filter((scope) => left.includes(scope));
      }
    },
    /** A connection without the detour over the consent page. */
    issueTokens: (asked: { email: string; clientId: string; scopes: string[] }) => issueTokens(google, asked),
  };
}

function addUser(google: Google, given: { email: string; name?: string; timeZone?: string }): User {
  const { email, name = email.split("@")[0] ?? email, timeZone = "UTC" } = given;
  const sub = String(randomBetween(google.state, 1e15, 9e15));
  const user: User = { email, sub, name, list: new Map(), listChanges: [], listTokensEnded: 0 };
  google.state.users.set(email, user);
  addCalendar(google, { id: email, owner: email, summary: email, timeZone });
  enlist(google, { email, calendarId: email, role: "owner", primary: true });
  announceList(google, email);
  return user;
}

function tokensOf(google: Google, email: string | undefined): AccessToken[] {
  const all = [...google.state.accessTokens.values()];
  return all.filter((access) => email === undefined || access.email === email);
}

function issueTokens(
  google: Google,
  { email, clientId, scopes }: { email: string; clientId: string; scopes: string[] },
) {
  getUser(google, email);
  const granted = splitScopes(scopes.join(" "));
  const now = google.clock.now();
  const holder = { clientId, email, scopes: granted };
  const accessToken = `ya29.${randomToken(google.state, 60)}`;
  const refreshToken = `1//0${randomToken(google.state, 60)}`;
  const expiresAt = now + google.state.settings.accessTokenSeconds * 1000;
  google.state.grants.set(`${clientId} ${email}`, { ...holder });
  google.state.accessTokens.set(accessToken, { ...holder, expiresAt });
  google.state.refreshTokens.set(refreshToken, { ...holder, usedAt: now, issuedAt: now });
  return { accessToken, refreshToken, expiresAt: new Date(expiresAt).toISOString() };
}
