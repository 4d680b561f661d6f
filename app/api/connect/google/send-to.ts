/** Neither the address asked for, with its code and state, nor this answer is to be kept anywhere. */
export function sendTo(location: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}
