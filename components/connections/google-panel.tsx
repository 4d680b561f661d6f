import { CalendarDays, CalendarSync, LockKeyhole, UserRound } from "lucide-react";
import { CopyButton } from "@/components/dashboard/copy-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { CardBody, CardFooter } from "@/components/ui/card";
import type { GoogleSetup } from "@/lib/connections/google/setup";
import { GoogleMark } from "./provider-mark";

type Props = {
  setup: GoogleSetup;
  /** To renew the access to an account that is known. */
  known?: { id: string; account: string } | undefined;
};

const asked = [
  { icon: CalendarDays, what: "The list of your calendars", why: "to choose from what each one is for." },
  {
    icon: CalendarSync,
    what: "The events in them",
    why: "read to know when you are busy, written to enter your bookings.",
  },
  { icon: UserRound, what: "Your e-mail address", why: "to tell your accounts apart." },
];

/** What Google will ask, and why, before it does. */
export function GooglePanel({ setup, known }: Props) {
  if (!setup.isReady) return <NotSetUp redirectUri={setup.redirectUri} />;
  return (
    <>
      <CardBody className="flex flex-col gap-5">
        {known && (
          <p>
            Continue as <strong className="wrap-anywhere font-semibold">{known.account}</strong>. Its
            calendars and what you chose for them stay as they are.
          </p>
        )}
        <div className="flex flex-col gap-4 rounded-md bg-accent-soft p-4 text-[0.9375rem]">
          <p>Google asks you to allow three things. Tick every box there, or nothing can be kept in step.</p>
          <ul className="flex flex-col gap-3">
            {asked.map(({ icon: Icon, what, why }) => (
              <li key={what} className="flex gap-3">
                <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-text" />
                <span>
                  <span className="font-semibold">{what}</span>, {why}
                </span>
              </li>
            ))}
          </ul>
          <p>Nothing else: no mail, no contacts, no files.</p>
        </div>
        <p className="flex items-start gap-2 text-muted text-sm">
          <LockKeyhole aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          Your password stays with Google. What lets us in is stored encrypted, and ends when you disconnect
          the account here or remove us from your Google Account.
        </p>
      </CardBody>
      <CardFooter>
        <Cancel />
        {/* A route that leads away, so not one to be fetched ahead. */}
        <a
          href={`/api/connect/google${known ? `?reconnect=${known.id}` : ""}`}
          className={buttonClass({ className: "gap-2.5 [&_svg]:size-5" })}
        >
          <GoogleMark />
          Continue with Google
        </a>
      </CardFooter>
    </>
  );
}

function NotSetUp({ redirectUri }: { redirectUri: string | null }) {
  return (
    <>
      <CardBody>
        {redirectUri === null ? (
          <Banner title="Google is not set up here yet">
            Ask your administrator to set it up. Other calendars can be connected meanwhile.
          </Banner>
        ) : (
          <Banner title="Google is not set up here yet">
            <div className="flex flex-col gap-3">
              <p>
                Create an OAuth client of type “Web application” in your Google Cloud project, start Calends
                with its id and secret as <code>GOOGLE_CLIENT_ID</code> and <code>GOOGLE_CLIENT_SECRET</code>,
                and register this redirect URI there:
              </p>
              <p className="flex flex-wrap items-center gap-2">
                <code className="wrap-anywhere rounded-sm bg-surface px-2 py-1 text-sm">{redirectUri}</code>
                <CopyButton text={redirectUri} label="Copy redirect URI" />
              </p>
              <p>
                <code>docs/providers/google.md</code> goes through it step by step.
              </p>
            </div>
          </Banner>
        )}
      </CardBody>
      <CardFooter>
        <Cancel />
      </CardFooter>
    </>
  );
}

function Cancel() {
  return (
    <ButtonLink href="/connections" variant="quiet">
      Cancel
    </ButtonLink>
  );
}
