/** Who may import whom. `npm run check` runs it; each comment says why and what to do instead. */
const sdk = (name, home) => ({
  name: `${name}-has-one-home`,
  comment: `Only ${home} talks to ${name}, so its quirks and upgrades stay in one place.`,
  severity: "error",
  from: { pathNot: `^(${home}|e2e)` },
  to: { path: `(^|/)node_modules/${name}/|^${name}$` },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Move the shared part down a level, into the file both sides need.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "app-is-the-top",
      comment: "Pages and routes are read by nobody. Move the code to lib/ or components/.",
      severity: "error",
      from: { path: "^(components|lib|db|inngest)/" },
      to: { path: "^app/" },
    },
    {
      name: "db-is-the-floor",
      comment:
        "Tables know nothing of the product, only its settings, and the shape of what they keep as JSON. Move the logic to lib/.",
      severity: "error",
      from: { path: "^db/", pathNot: "^db/(factories|seed)" },
      to: { path: "^(app|components|lib|inngest)/", pathNot: "^lib/(env|providers/recurrence)\\.ts$" },
    },
    {
      name: "only-lib-reads-the-database",
      comment: "Call a query or a verb in lib/; it knows whose rows these are.",
      severity: "error",
      from: { path: "^(app|components|inngest)/|^proxy", pathNot: "^inngest/embedded/|\\.test\\.ts$" },
      to: { path: "^db/" },
    },
    {
      name: "outside-world-is-database-free",
      comment: "Providers, mail and ical take plain values and give plain values back.",
      severity: "error",
      from: { path: "^lib/(providers|mail|ical)/|^lib/[^/]+$", pathNot: "^lib/(action|http)\\.ts$" },
      to: {
        path: "^(db|inngest)/|^lib/(auth|users|connections|calendars|sync|mirror|appointments|projects|bindings|subscriptions|availability|booking|caldav)/",
      },
    },
    {
      name: "one-door-to-providers",
      comment: "Import lib/providers (the registry) or lib/providers/provider (the types).",
      severity: "error",
      from: { pathNot: "^lib/providers/" },
      to: { path: "^lib/providers/[^/]+/" },
    },
    {
      name: "providers-are-strangers",
      comment: "google/ never imports microsoft/. What two share goes up to lib/providers/.",
      severity: "error",
      from: { path: "^lib/providers/([^/]+)/" },
      to: { path: "^lib/providers/[^/]+/", pathNot: "^lib/providers/($1|contract)/" },
    },
    {
      name: "plans-are-pure",
      comment: "A plan is a function of its arguments; load the rows in the file that calls it.",
      severity: "error",
      from: { path: "^lib/.*/(plan|expand|map|schema)\\.ts$" },
      to: { path: "^(db|inngest)/|node_modules/(tsdav|inngest|postgres|undici)/", reachable: true },
    },
    {
      name: "components-take-data",
      comment: "A component is given data or asks /api for it. Types, zod schemas and lib/time are fine.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^(lib|inngest)/",
        pathNot: "^lib/([^/]+/schema|time)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "inngest-client-is-a-leaf",
      comment: "lib/ sends events through it, so it may not import back.",
      severity: "error",
      from: { path: "^inngest/client" },
      to: { path: "^(app|components|lib|db)/|^inngest/(?!client|events)" },
    },
    {
      name: "lib-sends-events-only",
      comment: "lib/ may send an event; which function answers it is inngest's business.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^inngest/", pathNot: "^inngest/client" },
    },
    {
      name: "proxy-stays-light",
      comment: "proxy.ts is loaded for every matched request; provider SDKs must not ride along.",
      severity: "error",
      from: { path: "^proxy" },
      to: { path: "^lib/providers/", reachable: true },
    },
    {
      name: "google-without-its-sdk",
      comment: "lib/providers/google asks by lib/http, which has limits and retries (docs/decisions/007).",
      severity: "error",
      from: {},
      to: { path: "(^|/)node_modules/(@googleapis|googleapis|google-auth-library|gaxios)/|^@?googleapis" },
    },
    sdk("tsdav", "lib/providers/caldav"),
    sdk("ical\\.js", "lib/ical|emulators"),
    {
      name: "emulators-are-the-outside-world",
      comment: "An emulator knows the provider's documents, not our code; else it would share our mistakes.",
      severity: "error",
      from: { path: "^emulators/([^/]+)/" },
      to: {
        path: "^(app|components|lib|db|inngest|e2e|scripts)/|^emulators/[^/]+/",
        pathNot: "^emulators/$1/",
      },
    },
    {
      name: "nothing-ships-with-an-emulator",
      comment:
        "Tests, factories, benches and scripts start emulators; the product finds them by their address.",
      severity: "error",
      from: { path: "^(app|components|lib|db|inngest)/", pathNot: "\\.test\\.tsx?$|^db/factories/" },
      to: { path: "^emulators/" },
    },
    {
      name: "tests-stay-tests",
      comment: "Product code never imports a test, the contract suite or the factories.",
      severity: "error",
      from: { pathNot: "\\.(test|spec)\\.tsx?$|^e2e/|^db/(seed|factories)|^lib/providers/contract" },
      to: { path: "\\.(test|spec)\\.tsx?$|^e2e/|^lib/providers/contract|^db/factories" },
    },
  ],
  options: {
    // Not tsConfig: with it the package `inngest` resolves to our own folder of that name.
    webpackConfig: { fileName: ".dependency-cruiser.resolve.cjs" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.next" },
  },
};
