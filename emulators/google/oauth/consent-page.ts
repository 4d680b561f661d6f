import type { User } from "../state";
import type { Asked } from "./asked";
import { escapeHtml, html } from "./page";
import { isOptional } from "./scopes";

type Page = { users: User[]; asked: Asked; query: string };

/** Plain, but with the parts of Google's: an account to choose, a box per scope, two buttons. */
export function consentPage({ users, asked, query }: Page): string {
  const accounts = users.map((user) => {
    const selected = user.email === asked.loginHint ? " selected" : "";
    return `<option value="${escapeHtml(user.email)}"${selected}>${escapeHtml(`${user.name} (${user.email})`)}</option>`;
  });
  const boxes = asked.scopes.filter(isOptional).map((scope) => {
    return `<label><input type="checkbox" name="scope" value="${escapeHtml(scope)}" checked> ${escapeHtml(scope)}</label>`;
  });
  return html(
    "Sign in with Google (emulator)",
    `<p><strong>${escapeHtml(asked.clientId)}</strong> wants access to your Google Account.</p>
<form method="post" action="/o/oauth2/v2/auth/consent${escapeHtml(query)}">
<p><label>Account <select name="user">${accounts.join("")}</select></label></p>
<fieldset><legend>Select what it can access</legend>${boxes.join("<br>")}</fieldset>
<p><button name="decision" value="deny">Cancel</button> <button name="decision" value="allow">Continue</button></p>
</form>`,
  );
}
