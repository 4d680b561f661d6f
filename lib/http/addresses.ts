import { promises as dns, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "@/lib/errors";
import { findUrl } from "@/lib/url";

/** Every address a host name stands for. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const resolveHost: Resolve = (hostname) => dns.lookup(hostname, { all: true });

const local = new Set(["private", "loopback", "linkLocal", "uniqueLocal", "carrierGradeNat", "ipv4Mapped"]);
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/** True for an address on the open internet; with `allowPrivate` also for one on the own network. */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (allowPrivate && local.has(range)) return true;
  // Outside 2000::/3 nothing is assigned for public use (RFC 4291 §2.4), whatever it is called.
  return range === "unicast" && (parsed.kind() === "ipv4" || parsed.match(globalUnicast));
}

/**
 * The `lookup` for net.connect: what is checked here is what gets connected to, so a name that answers
 * differently the second time (DNS rebinding) gains nothing. One bad address condemns the name.
 */
export function guardedLookup(allowPrivate: boolean, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const isRefused = addresses.some(({ address }) => !isAllowedAddress(address, allowPrivate));
        if (isRefused) callback(refused(hostname), "", 0);
        else if (!first) callback(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "", 0);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, "", 0),
    );
  };
}

/**
 * An address as a request may go to it. Names are checked when they are resolved; net.connect resolves no
 * literal address, so that is checked here.
 * @throws AppError invalid
 */
export function checkedUrl(text: string, allowPrivate: boolean): URL {
  const url = findUrl(text);
  if (!url?.hostname) throw new AppError("invalid", "This is not a web address.");
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) {
    throw new AppError("invalid", `The address of ${url.hostname} must start with https://.`);
  }
  if (url.username || url.password) {
    throw new AppError("invalid", `The address of ${url.hostname} must not contain a user name or password.`);
  }
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(literal) && !isAllowedAddress(literal, allowPrivate)) throw refused(url.hostname);
  return url;
}

/**
 * Whether credentials given for `first` may go to `url`, where a redirect led. fetch would drop them on any change
 * of host, and iCloud's discovery needs them on pNN-caldav.icloud.com.
 */
export function mayKnowSecret(first: URL, url: URL): boolean {
  if (first.origin === url.origin) return true;
  if (url.protocol !== "https:" || url.port !== "") return false; // https, on its own port.
  return first.hostname === url.hostname || (isIcloud(first.hostname) && isIcloud(url.hostname));
}

function isIcloud(hostname: string): boolean {
  return /^(p\d+-)?caldav\.icloud\.com(\.cn)?$/.test(hostname);
}

function refused(hostname: string): AppError {
  return new AppError("invalid", `${hostname} is not on the public internet, so it is not contacted.`);
}
