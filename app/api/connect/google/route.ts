import { cookies } from "next/headers";
import { findViewer } from "@/lib/auth/session";
import { attemptCookie } from "@/lib/connections/google/attempt";
import { startGoogle } from "@/lib/connections/google/start";
import { orProblem } from "@/lib/connections/problem";
import { sendTo } from "./send-to";

/** Sends a host to Google to let us in; `?reconnect=` names the connection whose access is to be renewed. */
export async function GET(request: Request): Promise<Response> {
  const reconnectId = new URL(request.url).searchParams.get("reconnect");
  const viewer = await findViewer();
  if (!viewer) {
    const next = `/connections/new${reconnectId ? `?reconnect=${encodeURIComponent(reconnectId)}` : ""}`;
    return sendTo(`/sign-in?next=${encodeURIComponent(next)}`);
  }
  return sendTo(
    await orProblem({ userId: viewer.userId, reconnectId }, async () => {
      const { url, cookie } = await startGoogle(viewer, reconnectId);
      (await cookies()).set({ ...attemptCookie(), value: cookie });
      return url;
    }),
  );
}
