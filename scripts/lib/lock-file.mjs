/**
 * The optional dependencies that package-lock.json names and has no entry for, with the entry they should have.
 * @param {{ packages: Record<string, { optionalDependencies?: Record<string, string>, dev?: boolean }> }} lock
 */
export function missingFromLock({ packages }) {
  const found = [];
  for (const [at, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const isThere = lookUp(at, name).some((path) => packages[path]);
      if (!isThere && /^\d/.test(version)) {
        const entry = { version, ...platformOf(name), ...(dev && { dev: true }), optional: true };
        found.push({ at: `node_modules/${name}`, entry });
      }
    }
  }
  return found;
}

/** Node's way up from a package to one it needs. */
function lookUp(from, name) {
  const parts = from.split("/node_modules/");
  return [...parts.keys()]
    .map((count) => `${parts.slice(0, parts.length - count).join("/node_modules/")}/node_modules/${name}`)
    .concat(`node_modules/${name}`);
}

/** These packages all say in their names what they run on. */
function platformOf(name) {
  const words = name.split("/").at(-1)?.split("-") ?? [];
  const pick = (known) => words.filter((word) => known.includes(word));
  const os = pick(["android", "darwin", "win32", "linux", "freebsd", "wasi"]).filter(
    (word) => word !== "wasi",
  );
  const cpu = pick(["x64", "arm64", "arm", "wasm32", "ia32"]);
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) };
}
