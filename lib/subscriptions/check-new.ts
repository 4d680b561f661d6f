import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { calendarConnections, calendarSubscriptions, calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { accountOf } from "./address";

const mostPerHost = 200;

/** @throws AppError conflict where the viewer of `tx` is subscribed to that address already */
export async function checkNew(tx: Transaction, url: string): Promise<void> {
  const [known] = await tx
    .select({ name: calendars.name })
    .from(calendarConnections)
    .innerJoin(calendars, eq(calendars.connectionId, calendarConnections.id))
    .where(and(eq(calendarConnections.provider, "ics"), eq(calendarConnections.account, accountOf(url))));
  if (known) throw conflict(`You are subscribed to this address already: “${known.name}”.`);
}

/** @throws AppError conflict where the viewer of `tx` can have no more of them */
export async function checkRoom(tx: Transaction): Promise<void> {
  if ((await tx.$count(calendarSubscriptions)) < mostPerHost) return;
  throw conflict(`You have ${mostPerHost} subscriptions, which is the most there can be. Delete one first.`);
}

/** Says in words what the table refuses, which may have changed since it was looked at: a feed that moved. */
export async function orConflict<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (sqlStateOf(error) !== sqlState.uniqueViolation) throw error;
    throw conflict("You are subscribed to this address already.");
  }
}

const conflict = (sentence: string) => new AppError("conflict", sentence, { field: "url" });
