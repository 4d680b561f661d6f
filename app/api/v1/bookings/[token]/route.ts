import { route } from "@/lib/http";
import { limitRead } from "@/lib/rate-limit/public";
import { answerBooking } from "./answer";

type Context = { params: Promise<{ token: string }> };

/** The booking behind a visitor's link, as it is now. */
export const GET = route(async (request, { params }: Context) => {
  await limitRead(request);
  return answerBooking((await params).token);
});
