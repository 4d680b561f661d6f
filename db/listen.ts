import postgres from "postgres";

type Options = {
  url: string;
  channel: string;
  onMessage: (payload: string) => void;
  /** Listening (again): what was sent before was not heard. */
  onListening: () => void;
};

/**
 * LISTENs on a connection of its own until closed, through lost connections too. The driver's own `listen` gives up
 * for good when its first try to come back fails.
 * @returns stops it
 */
export function listenTo({ url, channel, onMessage, onListening }: Options): () => void {
  let isClosed = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let current = open();

  function open(): postgres.Sql {
    let isOver = false;
    const over = () => {
      if (isOver || isClosed) return;
      isOver = true;
      retry = setTimeout(() => {
        current = open();
      }, pauseAfter(failures++));
      client.end({ timeout: 0 }).catch(() => {});
    };
    const client = postgres(
      url,
      hearing({
        max: 1,
        max_lifetime: null,
        fetch_types: false,
        connect_timeout: 10,
        onnotice: () => {},
        onclose: over,
        onnotify: (from, payload) => from === channel && onMessage(payload),
        connection: { application_name: `calends listens to ${channel}` },
      }),
    );
    client`listen ${client(channel)}`.then(() => {
      failures = 0;
      if (!isClosed) onListening();
    }, over);
    return client;
  }

  return () => {
    isClosed = true;
    clearTimeout(retry);
    current.end({ timeout: 1 }).catch(() => {});
  };
}

type Hearing = postgres.Options<Record<string, postgres.PostgresType>> & {
  onnotify: (channel: string, payload: string) => void;
};

/** The driver reads `onnotify`, which its own `listen` is made of, but its types do not name it. */
const hearing = (options: Hearing): postgres.Options<Record<string, postgres.PostgresType>> => options;

/** A quarter of a second, doubling up to ten, spread so that processes do not come back all at once. */
function pauseAfter(failures: number): number {
  return Math.min(250 * 2 ** failures, 10_000) * (0.5 + Math.random() / 2);
}
