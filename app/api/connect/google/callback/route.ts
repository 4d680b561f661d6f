import { cookies } from "next/headers";
import { findViewer } from "@/lib/auth/session";
import { attemptCookie, findAttempt } from "@/lib/connections/google/attempt";
import { finishGoogle } from "@/lib/connections/google/finish";
import { orProblem } from "@/lib/connections/problem";
import { AppError } from "@/lib/errors";
import { sendTo } from "../send-to";

/** Where Google sends a host back to. The attempt is over, whatever comes of it. */
export async function GET(request: Request): Promise<Response> {
  const answer = new URL(request.url).searchParams;
  const now = new Date();
  const jar = await cookies();
  const attempt = findAttempt(jar.get(attemptCookie().name)?.value, now);
  jar.set({ ...attemptCookie(), value: "", maxAge: 0 });
  const viewer = await findViewer();
  const who = { userId: viewer?.userId ?? attempt?.userId ?? "", reconnectId: attempt?.reconnectId };
  const page = await orProblem(who, async () => {
    if (!viewer) throw new AppError("signed_out", "You were signed out meanwhile, so nothing was connected.");
    const { connectionId } = await finishGoogle(viewer, { attempt, answer }, now);
    return `/connections?new=${connectionId}`;
  });
  return sendTo(viewer ? page : `/sign-in?next=${encodeURIComponent(page)}`);
}
