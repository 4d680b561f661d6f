import PostalMime from "postal-mime";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readInvitation } from "@/lib/ical/test-invitation";
import { composeMail } from "./compose";
import { type Addressed, MailNotSent, sendOverSmtp } from "./smtp";
import { mailTo } from "./test-mail";
import { startMailServer } from "./test-server";

const stamp = new Date("2026-03-01T10:00:00Z");
let server: Awaited<ReturnType<typeof startMailServer>>;

beforeAll(async () => {
  server = await startMailServer();
});
afterEach(() => {
  server.received.length = 0;
  server.answerWith();
});
afterAll(() => server.stop());

async function makeMail(values: Partial<Addressed> = {}): Promise<Addressed> {
  return {
    ...(await composeMail(mailTo("visitor", { kind: "confirmed" }), stamp)),
    messageId: "<1@cal.example>",
    date: stamp,
    from: "cal@example.com",
    to: { name: "Vera Visitor", email: "vera@example.test" },
    ...values,
  };
}

async function sendAndRead(values: Partial<Addressed> = {}) {
  await sendOverSmtp(server.url, await makeMail(values));
  const received = server.received.at(-1);
  if (!received) throw new Error("Nothing was received.");
  return { ...received, mail: await PostalMime.parse(received.raw) };
}

const failure = (work: Promise<void>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof MailNotSent ? error : Promise.reject(error)),
  );

describe("a mail", () => {
  test("arrives as text, HTML and invitation, of which a program takes the last it knows", async () => {
    const { raw, mail, from, to } = await sendAndRead();
    expect({ from, to }).toEqual({ from: "cal@example.com", to: ["vera@example.test"] });
    const types = [...raw.matchAll(/^content-type: ([^\r\n]+(?:\r\n\s[^\r\n]+)*)/gim)].map(
      ([, type]) => type,
    );
    expect(types.map((type) => type?.split(";")[0])).toEqual([
      "multipart/mixed",
      "multipart/alternative",
      "text/plain",
      "text/html",
      "text/calendar",
      "application/ics",
    ]);
    expect(types[4]?.replace(/\s+/g, " ")).toMatch(/charset=utf-8; method=REQUEST/i);
    expect(mail.text).toContain("Tuesday, March 31, 2026");
    expect(mail.html).toContain("Tuesday, March 31, 2026");
  });

  test("carries the same invitation as a part and as a file", async () => {
    const { mail } = await sendAndRead();
    const parts = mail.attachments.map(({ mimeType, filename, disposition, content }) => ({
      mimeType,
      filename,
      disposition,
      text: typeof content === "string" ? content : Buffer.from(content as ArrayBuffer).toString(),
    }));
    expect(parts.map(({ mimeType }) => mimeType)).toEqual(["text/calendar", "application/ics"]);
    expect(parts[1]).toMatchObject({ filename: "invite.ics", disposition: "attachment" });
    expect(parts[0]?.text.trim()).toBe(parts[1]?.text.trim());
    expect(readInvitation(parts[0]?.text ?? "")).toMatchObject({ method: "REQUEST", uid: "1@calends" });
  });

  test("takes a meeting out with CANCEL in both places", async () => {
    const cancelled = { kind: "cancelled", by: "host", reason: null, wasConfirmed: true } as const;
    const { raw, mail } = await sendAndRead(
      await composeMail(mailTo("host", cancelled, { sequence: 2 }), stamp),
    );
    expect(raw).toMatch(/text\/calendar;[^\r\n]*(\r\n\s[^\r\n]*)*method=CANCEL/i);
    const [part] = mail.attachments;
    expect(readInvitation(Buffer.from(part?.content as ArrayBuffer).toString())).toMatchObject({
      method: "CANCEL",
      status: "CANCELLED",
      sequence: 2,
    });
  });

  test("comes from the host by way of us, and answers go to them", async () => {
    const { mail } = await sendAndRead();
    expect(mail.from).toMatchObject({ name: "Hanna Host via Calends", address: "cal@example.com" });
    expect(mail.replyTo).toMatchObject([{ name: "Hanna Host", address: "hanna@example.test" }]);
    expect(mail.to).toMatchObject([{ name: "Vera Visitor", address: "vera@example.test" }]);
    expect(mail.messageId).toBe("<1@cal.example>");
    expect(mail.headers).toContainEqual(
      expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
    );
    expect(new Date(mail.date ?? "")).toEqual(stamp);
  });

  test("without an invitation has none", async () => {
    const { raw } = await sendAndRead({ invitation: null });
    expect(raw).not.toMatch(/text\/calendar|application\/ics/);
    expect(raw).toMatch(/^content-type: multipart\/alternative/im);
  });
});

describe("a name", () => {
  const names = {
    "two headers": "Vera\r\nBcc: evil@example.test",
    "a body": "Vera\r\n\r\nHello",
    "line separators": "Vera\u2028Bcc: evil@example.test\u0085Bcc: evil@example.test",
    "an address": '"Vera" <evil@example.test>, ',
    "a backward name": "Vera \u202egro.live\u202c",
    "another script": "Ђорђе 王小明 🦊",
    "great length": "V".repeat(5000),
    "encoded words": "=?utf-8?q?Vera=0d=0aBcc=3a_evil=40example=2etest?=",
  };

  test.each(Object.entries(names))("with %s stays a name", async (_, name) => {
    const visitor = { ...mailTo("host", { kind: "confirmed" }).visitor, name };
    const host = { ...mailTo("host", { kind: "confirmed" }).host, name };
    for (const to of ["host", "visitor"] as const) {
      const letter = await composeMail(mailTo(to, { kind: "confirmed" }, { visitor, host }), stamp);
      const { mail, to: rcpt } = await sendAndRead({ ...letter, to: { name, email: "vera@example.test" } });
      expect(rcpt).toEqual(["vera@example.test"]);
      expect(mail.to).toHaveLength(1);
      expect(mail.to?.[0]?.address).toBe("vera@example.test");
      expect(mail.replyTo).toHaveLength(1);
      expect(mail.from?.address).toBe("cal@example.com");
      expect([mail.bcc, mail.cc]).toEqual([undefined, undefined]);
      expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
      expect(mail.subject).not.toMatch(/[\r\n\u202e]/);
      expect(mail.html).toContain("</html>");
    }
  });

  test("in another script comes through whole", async () => {
    const { mail } = await sendAndRead({ fromName: "Ђорђе 王小明 🦊", subject: "Grüße, 王小明" });
    expect(mail.from?.name).toBe("Ђорђе 王小明 🦊 via Calends");
    expect(mail.subject).toBe("Grüße, 王小明");
  });
});

describe("a server", () => {
  test("that says later is asked later, and one that says no is not", async () => {
    const at = ["MAIL", "RCPT", "DATA"] as const;
    for (const place of at) {
      server.answerWith({ code: 451, at: place });
      const later = await failure(sendOverSmtp(server.url, await makeMail()));
      expect(later).toMatchObject({ isFinal: false, message: expect.stringContaining("451") });
      server.answerWith({ code: 550, at: place });
      const never = await failure(sendOverSmtp(server.url, await makeMail()));
      expect(never).toMatchObject({ isFinal: true, message: expect.stringContaining("550") });
    }
  });

  test("that hangs up after the mail is asked again under the same Message-ID", async () => {
    server.answerWith("die after DATA");
    const mail = await makeMail();
    expect(await failure(sendOverSmtp(server.url, mail))).toMatchObject({ isFinal: false });
    await sendOverSmtp(server.url, mail);
    const ids = await Promise.all(
      server.received.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId),
    );
    expect(ids).toEqual(["<1@cal.example>", "<1@cal.example>"]);
  });

  test("that is not there is worth another try", async () => {
    const gone = await startMailServer();
    await gone.stop();
    const error = await failure(sendOverSmtp(gone.url, await makeMail()));
    expect(error).toMatchObject({ isFinal: false, message: expect.stringContaining("could not be reached") });
  });

  test("that wants a password gets it, and a wrong one is told without being shown", async () => {
    const closed = await startMailServer({ password: "p@ss:w/rd" });
    const withPassword = (password: string) =>
      closed.url.replace("//", `//me:${encodeURIComponent(password)}@`);
    await sendOverSmtp(withPassword("p@ss:w/rd"), await makeMail());
    expect(closed.received).toHaveLength(1);
    const error = await failure(sendOverSmtp(withPassword("hush-hush"), await makeMail()));
    expect(error).toMatchObject({ isFinal: false, message: expect.stringContaining("user or password") });
    expect(error?.message).not.toContain("hush-hush");
    await closed.stop();
  });
});
