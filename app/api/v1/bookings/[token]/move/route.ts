import { moveByVisitor } from "@/lib/booking/move";
import { readJson, route } from "@/lib/http";
import { limitChange } from "@/lib/rate-limit/public";
import { answerBooking } from "../answer";

type Context = { params: Promise<{ token: string }> };

/** Asks for another time; the answer says whether it is being checked, waits for the host, or took effect. */
export const POST = route(async (request, { params }: Context) => {
  await limitChange(request);
  const { token } = await params;
  await moveByVisitor(token, await readJson(request), new Date());
  return answerBooking(token);
});
