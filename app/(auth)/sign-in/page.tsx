import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthShell } from "@/components/auth/auth-shell";
import { SignInForm } from "@/components/auth/sign-in-form";
import { nextPath } from "@/lib/auth/next-path";
import { findViewer } from "@/lib/auth/session";
import { hasUsers } from "@/lib/auth/set-up";
import { signIn } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

// Awaited before anything is drawn: who is signed in already sees no form at all.
export default async function SignInPage({ searchParams }: Props) {
  const next = nextPath((await searchParams).next);
  if (await findViewer()) redirect(next);
  if (!(await hasUsers())) return <NotSetUp />;
  return (
    <AuthShell title="Sign in" description="Your calendars, hours and bookings.">
      <SignInForm next={next} signIn={signIn} />
    </AuthShell>
  );
}

function NotSetUp() {
  return (
    <AuthShell
      title="Calends is not set up yet"
      description="Nobody has an account here. The first one is made with the set-up link that was printed where the server was started; starting it again prints a new one."
    />
  );
}
