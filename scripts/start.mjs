// `npm start`: the whole product on one machine, from a fresh clone.
import "./lib/node-version.mjs";

const { buildIfChanged } = await import("./lib/build.mjs");
const { launch } = await import("./lib/launch.mjs");

await launch({ command: "start", build: buildIfChanged });
