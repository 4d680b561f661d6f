import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";

/** Told administrators where mails stay here, so that nobody waits for one that was never sent. */
export function NoServerBanner({ action }: { action?: ReactNode }) {
  return (
    <Banner tone="warning" title="Mails are not sent yet" action={action}>
      No mail server is set, so confirmations and reminders reach nobody; they are kept in the mailbox. Set{" "}
      <code className="font-mono text-sm">SMTP_URL</code> and{" "}
      <code className="font-mono text-sm">MAIL_FROM</code> in the file{" "}
      <code className="font-mono text-sm">.env</code> and start Calends again.
    </Banner>
  );
}
