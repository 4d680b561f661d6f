import { route } from "@/lib/http";
import { answerBooking } from "./answer";

type Context = { params: Promise<{ token: string }> };

export const GET = route(async (_request, { params }: Context) => answerBooking((await params).token));
