import { connection } from "next/server";
import { isHealthy } from "@/lib/health/check";

/** For load balancers and monitors: 200 while the process can do its work, else 503. */
export async function GET(): Promise<Response> {
  await connection();
  const healthy = await isHealthy();
  return Response.json(
    { status: healthy ? "ok" : "unavailable" },
    { status: healthy ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
