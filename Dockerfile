# Calends as an image: the same product as `npm start`, without the embedded PostgreSQL. compose.yaml runs it.

FROM node:20-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN BUILD_STANDALONE=1 npx next build
# What runs before the server is TypeScript; esbuild, which tsx brings, makes one file of each.
RUN npx esbuild scripts/migrate.ts scripts/setup-link.ts --bundle --platform=node --target=node20 --format=esm \
  --out-extension:.js=.mjs --outdir=.next/standalone

FROM node:20-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NEXT_MANUAL_SIG_HANDLE=1 HOSTNAME=0.0.0.0 PORT=3000
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/db/migrations ./db/migrations
COPY --from=build /app/db/functions ./db/functions
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Several containers may do this at once: migrations take a lock. Prints a set-up link while there is no user.
CMD ["sh", "-c", "node migrate.mjs && node setup-link.mjs && exec node server.js"]
