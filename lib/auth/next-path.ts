import type { Route } from "next";
import { findUrl } from "@/lib/url";

const somewhere = "http://calends.invalid";

/** Where to go after signing in: the path asked for when it lies on this site, else the dashboard. */
export function nextPath(asked: unknown): Route {
  if (typeof asked !== "string" || !asked.startsWith("/")) return "/dashboard";
  const url = findUrl(asked, somewhere);
  if (!url) return "/dashboard";
  // "/\host" and "/.//host" are paths here and other sites to a browser.
  if (url.origin !== somewhere || url.pathname.startsWith("//")) return "/dashboard";
  return `${url.pathname}${url.search}` as Route;
}
