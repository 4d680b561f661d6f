import { expect, test } from "vitest";
import { clientAddress } from "./client-address";

const addressOf = (forwarded: string | null, trustedProxies: number) =>
  clientAddress(new Headers(forwarded === null ? {} : { "x-forwarded-for": forwarded }), trustedProxies);

test("without trusted proxies the peer counts, whatever the client claims", () => {
  expect(addressOf("203.0.113.7", 0)).toBe("203.0.113.7");
  expect(addressOf("198.51.100.1, 203.0.113.7", 0)).toBe("203.0.113.7");
});

test("each trusted proxy is one step to the left, and no further", () => {
  expect(addressOf("198.51.100.1, 203.0.113.7, 10.0.0.2", 1)).toBe("203.0.113.7");
  expect(addressOf("198.51.100.1, 203.0.113.7, 10.0.0.3, 10.0.0.2", 2)).toBe("203.0.113.7");
  expect(addressOf("10.0.0.2", 1)).toBe("10.0.0.2");
});

test("an IPv6 network is one address, an IPv4 address inside IPv6 is itself", () => {
  expect(addressOf("2001:db8:1:2:3:4:5:6", 0)).toBe("2001:db8:1:2::/64");
  expect(addressOf("2001:db8:1:2::9", 0)).toBe("2001:db8:1:2::/64");
  expect(addressOf("::ffff:203.0.113.7", 0)).toBe("203.0.113.7");
});

test.each([null, "", "garbage", "203.0.113.7:443"])(
  "what is no address (%j) shares one counter",
  (forwarded) => {
    expect(addressOf(forwarded, 0)).toBe("unknown");
  },
);
