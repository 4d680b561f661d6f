/** Sends the browser on. With a code or a state on either side, the step is to be kept nowhere. */
export function sendTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
