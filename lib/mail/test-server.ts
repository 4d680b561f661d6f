import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

/** What the server does with the next mail: takes it, refuses it at some point, or dies before it answers. */
export type Answer = "take" | { code: number; at: "MAIL" | "RCPT" | "DATA" } | "die after DATA";

export type Received = { from: string; to: string[]; raw: string };

/** A mail server in this process. It answers mail by mail as it is told, and takes what it was told nothing about. */
export async function startMailServer({ password }: { password?: string } = {}) {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const refusal = (at: "MAIL" | "RCPT" | "DATA") => {
    const [answer] = answers;
    if (typeof answer !== "object" || answer.at !== at) return null;
    answers.shift();
    return Object.assign(new Error(`Said the test, at ${at}`), { responseCode: answer.code });
  };
  const server = new SMTPServer({
    authOptional: password === undefined,
    // Over loopback nothing is encrypted, so a password must be allowed without.
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onAuth: (auth, _session, callback) =>
      auth.password === password
        ? callback(null, { user: auth.username })
        : callback(new Error("Wrong password")),
    onMailFrom: (_address, _session, callback) => callback(refusal("MAIL")),
    onRcptTo: (_address, _session, callback) => callback(refusal("RCPT")),
    onData: async (stream, session, callback) => {
      received.push({ ...envelopeOf(session), raw: await read(stream) });
      if (answers[0] === "die after DATA") {
        answers.shift();
        return drop(server, session);
      }
      const error = refusal("DATA");
      if (!error) answers.shift();
      callback(error);
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    /** In the order the mails come. */
    answerWith: (...next: Answer[]) => void answers.splice(0, answers.length, ...next),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function envelopeOf({ envelope }: SMTPServerSession): Pick<Received, "from" | "to"> {
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : "",
    to: envelope.rcptTo.map(({ address }) => address),
  };
}

async function read(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** smtp-server has no word for hanging up in the middle; its connections do hold their sockets. */
function drop(server: SMTPServer, { id }: SMTPServerSession): void {
  const connections = server.connections as Set<{ session: { id: string }; _socket: { destroy(): void } }>;
  for (const connection of connections) if (connection.session.id === id) connection._socket.destroy();
}
