import ipaddr from "ipaddr.js";

/**
 * The address a request came from, for counting. Our server notes its peer at the end of X-Forwarded-For, and
 * so does every proxy before it; of what stands further left anybody can write anything.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  const hops = headers.get("x-forwarded-for")?.split(",") ?? [];
  const address = hops.at(-1 - trustedProxies) ?? hops[0] ?? "";
  return networkOf(address.trim());
}

/** One person holds a whole IPv6 /64, so that is one address here. */
function networkOf(text: string): string {
  if (!ipaddr.isValid(text)) return "unknown";
  const address = ipaddr.process(text);
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
