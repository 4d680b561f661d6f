// `npm run dev`: as `npm start`, but Next compiles as you save.
import "./lib/node-version.mjs";

const { launch } = await import("./lib/launch.mjs");

await launch({ command: "dev" });
