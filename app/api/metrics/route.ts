import { connection } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { carriesToken } from "@/lib/metrics/access";
import { readMetrics } from "@/lib/metrics/read";
import { contentType } from "@/lib/metrics/text";

/** For Prometheus. Without METRICS_TOKEN there is nothing here. */
export const GET = route(async (request: Request): Promise<Response> => {
  await connection();
  const { METRICS_TOKEN } = env();
  if (!METRICS_TOKEN) throw new AppError("not_found", "Metrics are switched off.");
  if (!carriesToken(request.headers.get("authorization"), METRICS_TOKEN))
    throw new AppError("signed_out", "Metrics need the token of METRICS_TOKEN as a bearer.");
  return new Response(await readMetrics(), {
    headers: { "content-type": contentType, "cache-control": "no-store" },
  });
});
