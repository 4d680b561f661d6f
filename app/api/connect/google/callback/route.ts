import { cookies } from "next/headers";
import { findViewer } from "@/lib/auth/session";
import { attemptCookie, findAttempt } from "@/lib/connections/google/attempt";
import { finishGoogle } from "@/lib/connections/google/finish";
import { orProblem } from "@/lib/connections/problem";
import { sendTo } from "../send-to";

/** Where Google sends a host back to. The attempt is over, whatever comes of it. */
export async function GET(request: Request): Promise<Response> {
  const answer = new URL(request.url).searchParams;
  const now = new Date();
  const jar = await cookies();
  const attempt = findAttempt(jar.get(attemptCookie().name)?.value, now);
  jar.set({ ...attemptCookie(), value: "", maxAge: 0 });
  const viewer = await findViewer();
  if (!viewer) return sendTo(`/sign-in?next=${encodeURIComponent("/connections/new")}`);
  const who = { userId: viewer.userId, reconnectId: attempt?.reconnectId };
  return sendTo(
    await orProblem(who, async () => {
      const { connectionId } = await finishGoogle(viewer, { attempt, answer }, now);
      return `/connections?new=${connectionId}`;
    }),
  );
}
