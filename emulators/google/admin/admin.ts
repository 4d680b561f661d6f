import type { Google } from "../google";
import { calendarsAdmin } from "./calendars";
import { channelsAdmin } from "./channels";
import { eventsAdmin } from "./events";
import { peopleAdmin } from "./people";
import { worldAdmin } from "./world";

export type GoogleAdmin = ReturnType<typeof createAdmin>;

/** Everything that can be done to this Google that is not its API. Each takes one object, so HTTP can call it. */
export function createAdmin(google: Google) {
  return {
    ...worldAdmin(google),
    ...peopleAdmin(google),
    ...calendarsAdmin(google),
    ...eventsAdmin(google),
    ...channelsAdmin(google),
  };
}
