import type { Viewer } from "@/lib/auth/viewer";
import { disconnect } from "@/lib/connections/disconnect";
import { getCaldavConfig } from "./find";

/** Forgets the account that is configured; what lies in its calendars stays there. @throws AppError not_found */
export async function removeCaldavConfig(viewer: Viewer): Promise<void> {
  const { id } = await getCaldavConfig(viewer);
  await disconnect(viewer, id);
}
