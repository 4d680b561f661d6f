/** How this Google behaves where the documents leave it open, or where a test wants it different. */
export type Settings = {
  /** Whether incremental answers keep to the window of the first listing. Not documented; both are seen. */
  incrementalWindow: "ignored" | "kept";
  /** What tells that a series is gone in a `singleEvents` listing. */
  deletedSeries: "instances" | "master" | "both";
  /** Whether a series has another version when one of its instances was changed. */
  instancesTouchSeries: boolean;
  /** Whether instances that were changed stay so when their series gets another time or rule. Google says they do. */
  keepsInstances: boolean;
  /** Whether an id the client chose is free again once its event was deleted. */
  reusesDeletedIds: boolean;
  /** Pages may hold fewer items than asked for, or none. */
  shortPages: boolean;
  /** Pages never hold more than this, whatever was asked for. */
  largestPage: number | null;
  /** The first message of a channel may overtake the answer to the watch. */
  syncMessage: "before" | "after";
  /** Google takes https only; a demo on loopback has http. */
  allowsHttpCallbacks: boolean;
  /** Where messages for an origin really go: `{"https://calends.test": "http://127.0.0.1:3000"}`. */
  callbackOrigins: Record<string, string>;
  /** Answers the consent page by itself. */
  consent: Consent | null;
  quota: Quota | null;
  delivery: Delivery;
  /** How long every answer takes at least, its making included. */
  latencyMs: number;
  accessTokenSeconds: number;
  conferenceDelayMs: number;
  /** How far back `updatedMin` may lie. */
  updatedMinReachMs: number;
};

/** `scopes`: those left ticked; without it all. */
export type Consent = { user?: string; decision: "allow" | "deny"; scopes?: string[] };

/** Patches count three. `status` is one of the two ways Google says the same. */
export type Quota = {
  perMinutePerUser: number;
  perMinutePerProject: number;
  status: 403 | 429;
  retryAfterSeconds: number | null;
};

/** Chances from 0 to 1; delays in virtual time. While `held`, messages wait to be released. */
export type Delivery = {
  held: boolean;
  drop: number;
  duplicate: number;
  reorder: number;
  delayMs: [number, number];
};

export const day = 86_400_000;
export const documentedQuota: Quota = {
  perMinutePerUser: 600,
  perMinutePerProject: 10_000,
  status: 403,
  retryAfterSeconds: null,
};

export function defaultSettings(): Settings {
  return {
    incrementalWindow: "ignored",
    deletedSeries: "instances",
    instancesTouchSeries: false,
    keepsInstances: true,
    reusesDeletedIds: false,
    shortPages: false,
    largestPage: null,
    syncMessage: "after",
    allowsHttpCallbacks: false,
    callbackOrigins: {},
    consent: null,
    quota: null,
    delivery: { held: false, drop: 0, duplicate: 0, reorder: 0, delayMs: [0, 0] },
    latencyMs: 0,
    accessTokenSeconds: 3599,
    conferenceDelayMs: 2000,
    updatedMinReachMs: 28 * day,
  };
}
