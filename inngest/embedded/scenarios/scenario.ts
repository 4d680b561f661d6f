import type { GetFunctionInput, Inngest, InngestFunction } from "inngest";

// A scenario is written once and played on whatever runs functions: the embedded engine or an Inngest server. It may
// look at what its functions did and at the status of its runs, nothing else.

/** Whatever runs functions. */
export interface Target {
  /** Functions are made with it, and events sent. */
  client: Inngest.Any;
  /** How long something may take that has to happen. */
  patienceMs: number;
  start(functions: InngestFunction.Any[]): Promise<void>;
  /** The runs an event has started so far. */
  runsOf(eventId: string): Promise<Status[]>;
  /** Makes the next tick of a cron come soon; a server that cannot makes us wait. */
  hurryCron?(functionId: string): Promise<void>;
  stop(): Promise<void>;
}
export type Status = "running" | "completed" | "failed" | "cancelled";

export type Context = GetFunctionInput<Inngest<{ id: string }>>;
type Handler = (context: Context) => unknown;
type Options = Omit<Parameters<Inngest<{ id: string }>["createFunction"]>[0], "id" | "triggers">;
type Sent = { id?: string; ts?: number };

/** What a scenario is written with. Names of events and functions are the scenario's own. */
export type Stage = {
  /** Declares a function on an event, on several, or on a cron; gives its id. */
  on(trigger: string | string[] | { cron: string }, options: Options, handler: Handler): string;
  /** The whole name of one of the scenario's events. */
  event(name: string): string;
  send(name: string, data?: object, more?: Sent): Promise<string>;
  sendAll(events: { name: string; data?: object }[]): Promise<string[]>;
  /** The end of the run an event started. */
  endOf(eventId: string): Promise<Status>;
  /** The ends of all runs an event started, when there are this many. */
  endsOf(eventId: string, count: number): Promise<Status[]>;
  runsOf(eventId: string): Promise<Status[]>;
  /** What the handler returned, as it would look after a trip through JSON. */
  returned(eventId: string): unknown;
  until(isTrue: () => boolean | Promise<boolean>): Promise<void>;
  hurryCron(functionId: string): Promise<void>;
};
export type Play = () => Promise<void>;
export type Scenario = {
  name: string;
  slug: string;
  build(stage: Stage): Play;
};

/** `build` declares the functions; what it returns is played when all are registered. */
export function scenario(name: string, build: Scenario["build"]): Scenario {
  return { name, slug: name.replaceAll(/\W+/g, "-").toLowerCase(), build };
}

/** The scenario's functions on this target, and the play. */
export function stageFor({ slug, build }: Scenario, target: Target) {
  const { client } = target;
  const functions: InngestFunction.Any[] = [];
  const values = new Map<string, unknown>();
  const event = (name: string) => `${slug}/${name}`;
  const until = (isTrue: () => boolean | Promise<boolean>) => waitUntil(isTrue, target.patienceMs);

  const stage: Stage = {
    event,
    until,
    on(trigger, options, handler) {
      const id = `${slug}-${functions.length + 1}`;
      const triggers =
        typeof trigger === "object" && "cron" in trigger
          ? [trigger]
          : [trigger].flat().map((name) => ({ event: event(name) }));
      functions.push(
        client.createFunction({ ...options, id, triggers }, async (context) => {
          const value = await handler(context as unknown as Context);
          values.set(String(context.event.id), JSON.parse(JSON.stringify(value ?? null)));
          return value;
        }),
      );
      return `${client.id}-${id}`;
    },
    async send(name, data = {}, more = {}) {
      const { ids } = await client.send({ name: event(name), data, ...more });
      return String(ids[0]);
    },
    async sendAll(events) {
      const { ids } = await client.send(
        events.map(({ name, data = {} }) => ({ name: event(name), data: data as Record<string, unknown> })),
      );
      return ids;
    },
    runsOf: (eventId) => target.runsOf(eventId),
    async endsOf(eventId, count) {
      let ends: Status[] = [];
      await until(async () => {
        ends = (await target.runsOf(eventId)).filter((status) => status !== "running");
        return ends.length >= count;
      });
      return ends;
    },
    endOf: async (eventId) => (await stage.endsOf(eventId, 1))[0] ?? "running",
    returned: (eventId) => values.get(eventId),
    hurryCron: async (functionId) => target.hurryCron?.(functionId),
  };
  return { functions, play: build(stage), stage };
}

async function waitUntil(isTrue: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
  const giveUp = Date.now() + limitMs;
  while (!(await isTrue())) {
    if (Date.now() > giveUp) throw new Error(`Waited ${limitMs} ms for ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
