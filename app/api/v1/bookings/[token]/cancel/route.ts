import { cancelByVisitor } from "@/lib/booking/cancel";
import { readJson, route } from "@/lib/http";
import { limitChange } from "@/lib/rate-limit/public";
import { answerBooking } from "../answer";

type Context = { params: Promise<{ token: string }> };

/** Calls the booking off. Again is fine: it stays cancelled. */
export const POST = route(async (request, { params }: Context) => {
  await limitChange(request);
  const { token } = await params;
  await cancelByVisitor(token, await readJson(request), new Date());
  return answerBooking(token);
});
