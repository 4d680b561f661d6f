import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // These open sockets or load files at run time; bundling them breaks that.
  serverExternalPackages: ["postgres", "pino", "inngest", "undici", "tsdav"],
};

export default config;
