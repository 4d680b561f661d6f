import { randomBytes } from "node:crypto";
import { Agent, get } from "node:http";
import type { Sql } from "postgres";
import { buildIfChanged } from "@/scripts/lib/build.mjs";
import { freePort } from "@/scripts/lib/port.mjs";
import { startServer } from "@/scripts/lib/server.mjs";
import { type Measure, percentile } from "./measure";
import { fillSubject, questionAbout, subject } from "./slots-tables";

const connections = 50;
const seconds = 15;

/** GET /api/v1/slots of the production server, over 50 connections that each ask again as soon as they are answered. */
export async function* measureHttp(sql: Sql, databaseUrl: string): AsyncGenerator<Measure> {
  await buildIfChanged({ root: process.cwd(), env: process.env });
  const tomorrow = new Date(new Date().setUTCHours(24, 0, 0, 0));
  const question = questionAbout(tomorrow);
  for (const events of [1_000, 10_000]) {
    await fillSubject(sql, events, { ...question, now: new Date() });
    const port = await freePort();
    const server = startServer({
      root: process.cwd(),
      command: "start",
      port,
      env: { ...process.env, ...settings(databaseUrl, port) },
      output: "ignore",
    });
    try {
      await server.ready;
      const query = new URLSearchParams({
        host: subject.handle,
        event_type: subject.slug,
        from: question.from.toISOString(),
        to: question.to.toISOString(),
      });
      yield* load(
        `http://127.0.0.1:${port}/api/v1/slots?${query}`,
        `HTTP, ${events} busy events, 50 connections`,
      );
    } finally {
      await server.stop();
    }
  }
}

async function* load(url: string, what: string): AsyncGenerator<Measure> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const askUntil = async (end: number, times: number[]) => {
    while (performance.now() < end) {
      const began = performance.now();
      await answer(url, agent);
      times.push(performance.now() - began);
    }
  };
  const all = (end: number, times: number[]) =>
    Promise.all(Array.from({ length: connections }, () => askUntil(end, times)));
  // Every connection to the database plans its questions the first time.
  await all(performance.now() + 5_000, []);
  const times: number[] = [];
  const began = performance.now();
  await all(began + seconds * 1_000, times);
  const elapsed = (performance.now() - began) / 1_000;
  agent.destroy();
  yield { case: what, metric: "p50", value: percentile(times, 0.5), unit: "ms" };
  yield { case: what, metric: "p95", value: percentile(times, 0.95), unit: "ms" };
  yield { case: what, metric: "requests per second", value: times.length / elapsed, unit: "/s" };
}

function answer(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    // Each request is another visitor's, as behind a proxy; one address alone would soon be told to wait.
    const headers = { "x-forwarded-for": [10, ...randomBytes(3)].join(".") };
    get(url, { agent, headers }, (response) => {
      response.resume().once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The server answered ${response.statusCode}.`));
      });
    }).once("error", reject);
  });
}

function settings(databaseUrl: string, port: number) {
  return {
    DATABASE_URL: databaseUrl,
    APP_URL: `http://localhost:${port}`,
    PORT: `${port}`,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    FERNET_KEYS: `${randomBytes(32).toString("base64url")}=`,
    LOG_LEVEL: "error",
    TRUSTED_PROXIES: "1",
  };
}
