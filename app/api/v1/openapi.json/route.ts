import { env } from "@/lib/env";
import { openApiDocument } from "@/lib/openapi/document";

// The address of the server is a setting, known when it runs.
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json(openApiDocument(env().APP_URL));
}
