import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { users } from "@/db/schema";

/** The host whose pages are under `/book/{handle}`; null when there is none. */
export async function findHostId(handle: string): Promise<string | null> {
  const [host] = await database().select({ id: users.id }).from(users).where(eq(users.handle, handle));
  return host?.id ?? null;
}
