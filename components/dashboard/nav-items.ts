import {
  CalendarCheck,
  CalendarClock,
  CalendarDays,
  CalendarSync,
  FolderTree,
  History,
  LayoutDashboard,
  Link2,
  type LucideIcon,
  Mail,
  Rss,
  Settings,
  Shapes,
} from "lucide-react";
import type { Route } from "next";

type NavItem = { href: Route; label: string; Icon: LucideIcon };

/** What a host opens daily; on phones these lie at the bottom. */
export const mainItems: NavItem[] = [
  { href: "/dashboard", label: "Dashboard", Icon: LayoutDashboard },
  { href: "/calendar", label: "Calendar", Icon: CalendarDays },
  { href: "/bookings", label: "Bookings", Icon: CalendarCheck },
  { href: "/event-types", label: "Event types", Icon: Shapes },
];

export const moreItems: NavItem[] = [
  { href: "/availability", label: "Availability", Icon: CalendarClock },
  { href: "/projects", label: "Projects", Icon: FolderTree },
  { href: "/connections", label: "Connections", Icon: Link2 },
  { href: "/subscriptions", label: "Subscriptions", Icon: Rss },
  { href: "/bindings", label: "Mirroring", Icon: CalendarSync },
  { href: "/sync", label: "Sync history", Icon: History },
  { href: "/settings", label: "Settings", Icon: Settings },
];

/** What belongs to the installation rather than to a host. */
export const adminItems: NavItem[] = [{ href: "/mailbox", label: "Mailbox", Icon: Mail }];
