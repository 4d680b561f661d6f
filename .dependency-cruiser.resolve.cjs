/** How imports resolve here, for dependency-cruiser alone: `@/` is the project's root. */
module.exports = {
  resolve: { alias: { "@": __dirname }, extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
};
