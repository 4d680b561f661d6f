import type { Metadata } from "next";
import { Suspense } from "react";
import { FormSkeleton } from "@/components/dashboard/form-skeleton";
import { ApiTokens } from "@/components/settings/api-tokens";
import { BookingRulesForm } from "@/components/settings/booking-rules-form";
import { PasswordForm } from "@/components/settings/password-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { PageHeader } from "@/components/ui/page-header";
import { listApiTokens } from "@/lib/api-tokens/list";
import { viewerAt } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { bookingPagesUrl } from "@/lib/users/booking-page-url";
import { getBookingRules } from "@/lib/users/booking-rules";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import { change, createToken, revokeToken, save, saveRules } from "./actions";

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
  const viewer = await viewerAt("/settings");
  const [profile, rules, tokens] = await Promise.all([
    getProfile(viewer),
    getBookingRules(viewer),
    listApiTokens(viewer),
  ]);
  const now = new Date();
  return (
    <div className="flex flex-col gap-6">
      <ProfileForm profile={profile} pagesUrl={bookingPagesUrl()} now={now} save={save} />
      <BookingRulesForm rules={rules} save={saveRules} />
      <PasswordForm email={profile.email} change={change} />
      <ApiTokens
        tokens={tokens}
        apiUrl={`${env().APP_URL}/api/v1`}
        now={now}
        clock={await readerClock(profile.timeZone)}
        create={createToken}
        revoke={revokeToken}
      />
    </div>
  );
}
