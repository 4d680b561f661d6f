import { readTime } from "@/lib/providers/meaning";
import type { Api, ApiAnswer } from "./api";
import { exceptionProperty, wordsAndTimes } from "./event";
import { type Kept, keyOfWords, readKept } from "./kept";
import { changedThere, failureOf } from "./refusal";
import { copyFields } from "./schema";
import type { Instance } from "./series";

/** Writes instances of a series one after the other. @returns what is kept of it then */
export async function writeInstances(
  api: Api,
  place: { calendarId: string; timeZone: string },
  instances: Instance[],
  kept: Kept[],
): Promise<Kept[]> {
  const byId = new Map(kept.map((one) => [one.id, one]));
  for (const instance of instances) {
    const written = await writeInstance(api, place, instance);
    byId.set(written.id, written);
  }
  return [...byId.values()];
}

/** One that was called off takes place again. @throws AppError conflict when somebody else was here since it was read */
async function writeInstance(
  api: Api,
  { calendarId, timeZone }: { calendarId: string; timeZone: string },
  instance: Instance,
): Promise<Kept> {
  const { id, etag, says, isMarked } = instance;
  const path = ["calendars", calendarId, "events", id];
  const body = {
    status: "confirmed",
    ...wordsAndTimes(says, readTime(says.time), timeZone),
    extendedProperties: { private: { [exceptionProperty]: isMarked ? "1" : null } },
  };
  const query = { sendUpdates: "none", fields: copyFields };
  const answer = await api.call({ method: "PATCH", path, query, body, etag });
  if (answer.ok || answer.status !== 412) return readWritten(answer);
  // An earlier patch went through and its answer was lost, or somebody else was here.
  const now = readWritten(await api.call({ method: "GET", path, query: { fields: copyFields } }));
  if (!isSame(now, instance)) throw changedThere();
  return now;
}

function isSame(now: Kept, { says, isMarked }: Instance): boolean {
  return now.says !== null && now.isMarked === isMarked && keyOfWords(now.says) === keyOfWords(says);
}

function readWritten(answer: ApiAnswer): Kept {
  // With its series, or because Google's count of it is another one, it is not there.
  if (!answer.ok && (answer.status === 404 || answer.status === 410)) throw changedThere();
  if (!answer.ok) throw failureOf(answer);
  return readKept(answer.body);
}
