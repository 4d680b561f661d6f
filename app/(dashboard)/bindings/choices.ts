import type { AccountChoice } from "@/components/bindings/calendar-picker";
import type { Viewer } from "@/lib/auth/viewer";
import { listConnections } from "@/lib/connections/list";
import { listProjects } from "@/lib/projects/list";

/** What a binding can be made of: the viewer's calendars and projects. */
export async function listChoices(viewer: Viewer) {
  const [connections, nodes] = await Promise.all([listConnections(viewer), listProjects(viewer)]);
  const accounts = connections
    .filter(({ calendars }) => calendars.length > 0)
    .map(
      ({ id, account, providerName, status, calendars }): AccountChoice => ({
        id,
        account,
        providerName,
        isLocked: status !== "connected",
        calendars: calendars.map(({ id, name, color, isReadOnly }) => ({ id, name, color, isReadOnly })),
      }),
    );
  return { accounts, nodes };
}
