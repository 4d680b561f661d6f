import type { NextConfig } from "next";

// Nothing comes from elsewhere and nothing goes there. Next puts its own data into inline scripts, and a nonce
// for those would have to be made for every request in the proxy.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // `npm run check` looks at them, and at those of the tests; to repeat it takes a build half as long again.
  typescript: { ignoreBuildErrors: true },
  // For the image (Dockerfile) alone: `next start`, which npm start uses, does not serve such a build.
  ...(process.env.BUILD_STANDALONE && { output: "standalone" as const }),
  // These open sockets or load files at run time; bundling them breaks that.
  serverExternalPackages: [
    "postgres",
    "pino",
    "inngest",
    "undici",
    "tsdav",
    "rate-limiter-flexible",
    "nodemailer",
    "@react-email/components",
    "@react-email/render",
  ],
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "Content-Security-Policy", value: contentSecurityPolicy },
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
    {
      // The address is the key to somebody's booking.
      source: "/booking/:path*",
      headers: [
        { key: "Referrer-Policy", value: "no-referrer" },
        { key: "X-Robots-Tag", value: "noindex, nofollow" },
      ],
    },
  ],
};

export default config;
