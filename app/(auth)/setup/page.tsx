import type { Metadata } from "next";
import { AuthShell } from "@/components/auth/auth-shell";
import { SetUpForm } from "@/components/auth/set-up-form";
import { ButtonLink } from "@/components/ui/button";
import { hasUsers, isSetUpLink } from "@/lib/auth/set-up";
import { setUp } from "./actions";

// The address carries the token.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Props = { searchParams: Promise<{ token?: string | string[] }> };

export default async function SetUpPage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !(await isSetUpLink(token))) return <BadLink isSetUp={await hasUsers()} />;
  return (
    <AuthShell
      title="Welcome to Calends"
      description="Make the first account. It runs this installation and has a booking page of its own."
    >
      <SetUpForm token={token} now={new Date()} setUp={setUp} />
    </AuthShell>
  );
}

function BadLink({ isSetUp }: { isSetUp: boolean }) {
  if (!isSetUp)
    return (
      <AuthShell
        title="This set-up link does not work"
        description="It is not the newest one. Use the link that was printed last where the server was started, or start it again for a new one."
      />
    );
  return (
    <AuthShell
      title="Calends is set up already"
      description="A set-up link works once, for the first account. Sign in with that one."
    >
      <ButtonLink href="/sign-in" variant="primary" size="lg">
        Sign in
      </ButtonLink>
    </AuthShell>
  );
}
