import { expect, test } from "vitest";
import { makeHost } from "@/db/factories/users";
import { getBookingRules, saveBookingRules } from "./booking-rules";

const form = {
  tentativeBlocks: "on",
  maxStalenessMinutes: "120",
  whenUnreadable: "confirm_if_recent",
  recentEnoughMinutes: "10",
};

test("are careful until a host chooses otherwise, and keep what was chosen", async () => {
  const { viewer } = await makeHost();
  const { viewer: other } = await makeHost();
  const careful = {
    tentativeBlocks: true,
    maxStalenessMinutes: 60,
    whenUnreadable: "wait_for_host",
    recentEnoughMinutes: 30,
  };
  expect(await getBookingRules(viewer)).toEqual(careful);
  // An empty box is not sent at all.
  const { tentativeBlocks: _, ...unticked } = form;
  await saveBookingRules(viewer, unticked);
  expect(await getBookingRules(viewer)).toEqual({
    tentativeBlocks: false,
    maxStalenessMinutes: 120,
    whenUnreadable: "confirm_if_recent",
    recentEnoughMinutes: 10,
  });
  expect(await getBookingRules(other)).toEqual(careful);
});

test.each([
  ["maxStalenessMinutes", "14"],
  ["maxStalenessMinutes", "10081"],
  ["maxStalenessMinutes", ""],
  ["whenUnreadable", "confirm"],
  ["recentEnoughMinutes", "0"],
  ["recentEnoughMinutes", "1.5"],
])("%s cannot be %j", async (field, value) => {
  const { viewer } = await makeHost();
  const wrong = { ...form, [field]: value };
  await expect(saveBookingRules(viewer, wrong)).rejects.toMatchObject({ code: "invalid", field });
});
