import { defineConfig, devices } from "@playwright/test";
import { browser } from "./scripts/lib/tools.mjs";

const [executablePath] = browser.find() ?? [];

/** Journeys through the built product. A test tagged `@phone` runs on a phone as well, one tagged `@phone-only` there alone. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./e2e/support/global-setup.ts",
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env.CI,
  // Two browsers and a server share two cores. What passes only then is named at the end, to be looked into.
  retries: process.env.CI || process.env.E2E_REPORT ? 1 : 0,
  reporter: [["line"], ["json", { outputFile: process.env.E2E_REPORT ?? "test-results/report.json" }]],
  use: {
    ...(executablePath && {
      launchOptions: {
        executablePath,
        args: [
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
        ],
      },
    }),
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Recording every step takes a third of all the time; a failure's picture and its page in words are always kept.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", grepInvert: /@phone-only/, use: { viewport: { width: 1280, height: 800 } } },
    { name: "phone", grep: /@phone/, use: { ...devices["Pixel 7"] } },
  ],
});
