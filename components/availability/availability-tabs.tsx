import { Tabs } from "@/components/runs/tabs";

const tabs = [
  { href: "/availability", label: "Hours" },
  { href: "/availability/blocked-times", label: "Blocked times" },
  { href: "/availability/explain", label: "Why is this not free?" },
] as const;

export function AvailabilityTabs({ current }: { current: (typeof tabs)[number]["href"] }) {
  return <Tabs label="Availability" tabs={[...tabs]} current={current} />;
}
