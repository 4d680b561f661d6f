import { type ReactNode, Suspense } from "react";
import { Account } from "@/components/dashboard/account";
import { ReconnectBanner } from "@/components/dashboard/reconnect-banner";
import { Shell } from "@/components/dashboard/shell";
import { AdminLinks } from "@/components/dashboard/side-links";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { StayLive } from "@/components/dashboard/stay-live";
import { Skeleton } from "@/components/ui/skeleton";
import { ToastProvider } from "@/components/ui/toast";
import { findViewer } from "@/lib/auth/session";
import { listLocked } from "@/lib/connections/locked";
import { getProfile } from "@/lib/users/profile";
import { signOut } from "./actions";

export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <ToastProvider>
      <Shell
        account={
          <Suspense fallback={<Skeleton className="h-11" />}>
            <SignedIn />
          </Suspense>
        }
        admin={
          <Suspense>
            <AdminOnly />
          </Suspense>
        }
      >
        <Suspense>
          <Reconnect />
        </Suspense>
        {children}
      </Shell>
      <StayFresh />
      <Suspense>
        <Live />
      </Suspense>
    </ToastProvider>
  );
}

async function SignedIn() {
  const viewer = await findViewer();
  // The page sends whoever is signed out to the sign-in page; it knows where they wanted to go.
  if (!viewer) return null;
  const { name, email } = await getProfile(viewer);
  return <Account name={name} email={email} signOut={signOut} />;
}

async function AdminOnly() {
  return (await findViewer())?.role === "admin" && <AdminLinks />;
}

async function Reconnect() {
  const viewer = await findViewer();
  return viewer && <ReconnectBanner accounts={await listLocked(viewer)} />;
}

async function Live() {
  return (await findViewer()) && <StayLive />;
}
