// Imported first and for its effect. It has to run on the very Node it refuses: no new syntax, no imports.
const oldest = [20, 19];

/** @param {string} version such as "20.19.0" */
export function isNodeTooOld(version) {
  const [major, minor] = version.split(".").map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
}

if (isNodeTooOld(process.versions.node)) {
  console.error(
    `  ✗ Calends needs Node ${oldest.join(".")} or newer, and this is ${process.versions.node}. Install a newer one and start again.`,
  );
  process.exit(1);
}
