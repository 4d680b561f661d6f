import type { Metadata } from "next";
import { Suspense } from "react";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { PasswordForm } from "@/components/settings/password-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { bookingPagesUrl } from "@/lib/users/booking-page-url";
import { getProfile } from "@/lib/users/profile";
import { change, save } from "./actions";

export const metadata: Metadata = { title: "Settings" };

export default function SettingsPage() {
  return (
    <div className="max-w-2xl">
      <PageHeader title="Settings" />
      <Suspense fallback={<FormSkeleton />}>
        <Settings />
      </Suspense>
    </div>
  );
}

async function Settings() {
  const profile = await getProfile(await viewerAt("/settings"));
  return (
    <div className="flex flex-col gap-6">
      <ProfileForm profile={profile} pagesUrl={bookingPagesUrl()} now={new Date()} save={save} />
      <PasswordForm email={profile.email} change={change} />
    </div>
  );
}
