import postgres from "postgres";
import { expect, test } from "vitest";
import { explainSlots } from "@/bench/slots-plan";
import { fillHosts, fillSubject } from "@/bench/slots-tables";

test("what is free among 50 hosts and their 60,000 events is found by indexes alone", async () => {
  const url = process.env.DATABASE_URL ?? "";
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await fillHosts(sql, 50);
  await fillSubject(sql, 1_000);
  await sql.end();
  const plan = (await explainSlots(url)).join("\n");
  for (const index of [
    "synced_events_during",
    "synced_events_days",
    "bookings_never_overlap",
    "appointments_during",
  ])
    expect(plan).toContain(index);
  expect(plan).not.toMatch(/Seq Scan on (synced_events|bookings|appointments|appointment_targets)/);
}, 120_000);
