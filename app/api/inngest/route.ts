import { connection, type NextRequest } from "next/server";
import { usesServer } from "@/inngest/client";
import { serveFunctions } from "@/inngest/server/serve";

/** Where an Inngest server calls our functions, signed. With the embedded engine there is nothing here. */
async function answer(request: NextRequest): Promise<Response> {
  await connection();
  if (!usesServer()) return new Response(null, { status: 404 });
  return serveFunctions()(request, undefined);
}

export { answer as GET, answer as POST, answer as PUT };
