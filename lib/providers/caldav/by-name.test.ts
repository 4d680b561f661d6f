import { describe, expect, it } from "vitest";
import { collectionXml, multistatusXml } from "@/e2e/hostile-caldav-xml";
import { icsOf } from "@/e2e/ics";
import type { EventDraft } from "../provider";
import { getHomeOf } from "./discover";
import { putEvent } from "./put";
import { davThat } from "./test-dav";

describe("iCloud", () => {
  const iCloud = (home: string) =>
    davThat(({ url, body = "" }) => {
      const isPrincipal = body.includes("calendar-home-set");
      const properties = isPrincipal ? { home } : { principal: "/123/principal/" };
      return { status: 207, body: multistatusXml([collectionXml(new URL(url).pathname, properties)]) };
    });

  it("keeps an account on a partition, and is told the password there", async () => {
    const dav = iCloud("https://p34-caldav.icloud.com:443/123/calendars/");
    expect(await getHomeOf(dav, "https://caldav.icloud.com/")).toBe(
      "https://p34-caldav.icloud.com/123/calendars/",
    );
    expect(dav.asked.map(({ url }) => url)).toEqual([
      "https://caldav.icloud.com/",
      "https://caldav.icloud.com/123/principal/",
    ]);
  });

  it.each([
    "https://p34-caldav.icloud.com.example.org/123/calendars/",
    "https://p34-caldav.icloud.com:8443/123/calendars/",
    "https://example.org/123/calendars/",
  ])("sends it nowhere else: %s", async (home) => {
    const asked = getHomeOf(iCloud(home), "https://caldav.icloud.com/");
    await expect(asked).rejects.toMatchObject({ code: "invalid", field: "server" });
  });
});

describe("Google's CalDAV, which knows If-Match alone", () => {
  const calendar = "https://apidata.googleusercontent.com/caldav/v2/ada/events/";
  const [startsAt, endsAt] = [new Date("2026-06-01T10:00:00Z"), new Date("2026-06-01T11:00:00Z")];
  const draft: EventDraft = {
    uid: "ours@calends",
    sequence: 0,
    title: "Ours",
    description: null,
    location: null,
    time: { kind: "timed", startsAt, endsAt },
    timeZone: "UTC",
  };
  const google = (there: string | null) => {
    let text = there;
    return davThat(({ method, body }) => {
      if (method === "GET") return text === null ? { status: 404 } : { status: 200, body: text, etag: '"1"' };
      text = body ?? "";
      return { status: 201 };
    });
  };
  const methodsOf = (dav: ReturnType<typeof google>) => dav.asked.map(({ method }) => method);

  it("is asked what is there before something new is put", async () => {
    const dav = google(null);
    expect((await putEvent(dav, calendar, draft)).etag).toBe('"1"');
    expect(methodsOf(dav)).toEqual(["GET", "PUT", "GET"]);
  });

  it("keeps what somebody made of ours", async () => {
    const dav = google(icsOf({ uid: draft.uid, title: "Theirs", startsAt, endsAt }));
    await expect(putEvent(dav, calendar, draft)).rejects.toMatchObject({ code: "conflict" });
    expect(methodsOf(dav)).toEqual(["GET"]);
  });

  it("is not written twice when an answer was lost", async () => {
    const dav = google(icsOf({ uid: draft.uid, title: draft.title, startsAt, endsAt }));
    expect(await putEvent(dav, calendar, draft)).toEqual({
      id: `${calendar}ours%40calends.ics`,
      etag: '"1"',
    });
    expect(methodsOf(dav)).toEqual(["GET"]);
  });
});
