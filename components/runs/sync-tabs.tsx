import { Tabs } from "./tabs";

/** What an administrator finds beside the history of their own calendars. */
export function SyncTabs({ current }: { current: "/sync" | "/sync/runs" }) {
  return (
    <Tabs
      label="Sync"
      tabs={[
        { href: "/sync", label: "Calendars" },
        { href: "/sync/runs", label: "Runs" },
      ]}
      current={current}
    />
  );
}
