// `npm test`: everything, on a machine with nothing but Node. The last line counts the tests.
import "./lib/node-version.mjs";

const { testEverything } = await import("./lib/test-stages.mjs");

await testEverything();
