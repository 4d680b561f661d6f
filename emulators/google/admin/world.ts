import type { Fault } from "../fault";
import type { Google } from "../google";
import { day, type Settings } from "../settings";
import { createState, type State } from "../state";
import { advance } from "../time-passes";

type Snapshot = { state: State; now: number };

/** Time, accidents, behaviour, and what was asked. */
export function worldAdmin(google: Google) {
  const snapshots: Snapshot[] = [];
  return {
    now: () => new Date(google.clock.now()).toISOString(),
    advance: ({ days = 0, milliseconds = 0 }: { days?: number; milliseconds?: number }) =>
      advance(google, days * day + milliseconds),
    settings: (change: Partial<Settings> = {}) => Object.assign(google.state.settings, change),
    setDelivery: (change: Partial<Settings["delivery"]>) =>
      Object.assign(google.state.settings.delivery, change),
    addFault: (fault: Fault) => {
      google.state.faults.push({ ...fault });
    },
    clearFaults: () => {
      google.state.faults = [];
    },
    /** Every request but those to `/_admin`, in order. */
    log: ({ route }: { route?: string } = {}) =>
      google.log.filter((entry) => route === undefined || entry.route === route),
    clearLog: () => {
      google.log.length = 0;
      google.deliveries.length = 0;
    },
    /** Mails Google would have sent to guests. */
    outbox: () => google.state.outbox,
    snapshot: () => {
      snapshots.push({ state: structuredClone(google.state), now: google.clock.now() });
      return { id: snapshots.length - 1 };
    },
    restore: ({ id }: { id: number }) => {
      const snapshot = snapshots[id];
      if (!snapshot) throw new Error(`There is no snapshot ${id}.`);
      google.state = structuredClone(snapshot.state);
      google.clock.set(snapshot.now);
    },
    /** Empty, as at the start. */
    reset: ({ seed = 1 }: { seed?: number } = {}) => {
      google.state = createState(seed);
      google.log.length = 0;
      google.deliveries.length = 0;
    },
  };
}
