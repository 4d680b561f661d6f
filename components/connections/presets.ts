export type Preset = {
  id: string;
  name: string;
  /** Filled in and not asked for. */
  server?: string;
  serverLabel?: string;
  serverHint?: string;
  usernameLabel: string;
  passwordLabel: string;
  /** What such a password looks like, so that nobody tries their own. */
  passwordHint?: string;
  help: string;
  link?: { href: string; text: string };
};

/** What each service calls things, and where its app passwords are made. */
export const presets: [Preset, ...Preset[]] = [
  {
    id: "apple",
    name: "Apple iCloud",
    server: "https://caldav.icloud.com",
    usernameLabel: "Apple Account e-mail",
    passwordLabel: "App-specific password",
    passwordHint: "Four groups of four letters, like abcd-efgh-ijkl-mnop.",
    help: "Apple refuses your own password here and wants one made for this purpose: at account.apple.com choose Sign-In and Security, then App-Specific Passwords. It ends when you change your own.",
    link: { href: "https://account.apple.com/account/manage", text: "Open account.apple.com" },
  },
  {
    id: "fastmail",
    name: "Fastmail",
    server: "https://caldav.fastmail.com",
    usernameLabel: "Fastmail address",
    passwordLabel: "App password",
    passwordHint: "Sixteen characters, shown once.",
    help: "Fastmail refuses your own password here. Open Settings, Privacy & Security, and make an app password with access to calendars.",
    link: { href: "https://app.fastmail.com/settings/security/apps", text: "Open Fastmail's settings" },
  },
  {
    id: "nextcloud",
    name: "Nextcloud",
    serverLabel: "Nextcloud address",
    serverHint: "As in the browser, for example https://cloud.example.org.",
    usernameLabel: "User name",
    passwordLabel: "App password",
    passwordHint: "Five groups of five characters, shown once.",
    help: "In Nextcloud open Personal settings, Security, and make an app password at the bottom of the page. With two-factor sign-in nothing else works.",
  },
  {
    id: "other",
    name: "Other server",
    serverLabel: "Server or e-mail address",
    serverHint: "The CalDAV address if you have it; often your e-mail address is enough to find it.",
    usernameLabel: "User name",
    passwordLabel: "Password",
    help: "Any CalDAV server works, such as Radicale, Baïkal, mailbox.org or Zimbra. If it knows app passwords, use one.",
  },
];

/** The service a server that is known belongs to. */
export function presetOf(server: string): Preset {
  const url = URL.canParse(server) ? new URL(server) : null;
  const host = url?.hostname ?? server;
  const isAt = (domain: string) => host === domain || host.endsWith(`.${domain}`);
  const isOf = ({ server: own }: Preset) =>
    own !== undefined && isAt(new URL(own).hostname.replace("caldav.", ""));
  const id = url?.pathname.includes("/remote.php/dav") ? "nextcloud" : "other";
  return presets.find(isOf) ?? presets.find((preset) => preset.id === id) ?? presets[0];
}
