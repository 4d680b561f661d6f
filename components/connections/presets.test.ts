import { expect, test } from "vitest";
import { presetOf } from "./presets";

test.each([
  ["https://caldav.icloud.com/", "apple"],
  ["https://p34-caldav.icloud.com/", "apple"],
  ["https://icloud.com.example.org/", "other"],
  ["https://noticloud.com/", "other"],
  ["https://caldav.fastmail.com/dav/principals/user/ada@example.org/", "fastmail"],
  ["https://cloud.example.org/remote.php/dav/", "nextcloud"],
  ["https://example.org/cloud/remote.php/dav/", "nextcloud"],
  ["http://127.0.0.1:5232/", "other"],
  ["not an address", "other"],
])("%s is at %s", (server, id) => {
  expect(presetOf(server).id).toBe(id);
});
