import { Banner } from "@/components/ui/banner";

/** Told where mails stay here, so that nobody waits for one that was never sent. */
export function NoServerBanner() {
  return (
    <Banner tone="warning" title="Mails are not sent yet">
      No mail server is set, so confirmations and reminders reach nobody: they are kept on this page. Set{" "}
      <code className="font-mono text-sm">SMTP_URL</code> and{" "}
      <code className="font-mono text-sm">MAIL_FROM</code> in the file{" "}
      <code className="font-mono text-sm">.env</code> and start Calends again.
    </Banner>
  );
}
