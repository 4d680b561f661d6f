import { describe, expect, test } from "vitest";
import { describeReconcile, type ReconcileDetail, reconcileDetail } from "./reconcile-detail";

const bookingId = "0b0d6c1e-7b1c-4b0e-9f0a-2f3a4b5c6d7e";
const base: ReconcileDetail = {
  title: "Hearing",
  bookingId: null,
  projectId: null,
  isDeleted: false,
  outcome: "put_back",
  because: null,
  isElsewhere: false,
  lost: null,
};
const sentence = (values: Partial<ReconcileDetail>) => describeReconcile({ ...base, ...values });

test("what was kept before appointments were followed is still understood", () => {
  const { projectId, isDeleted, ...old } = { ...base, bookingId, outcome: "cancelled" };
  expect(describeReconcile(old)).toBe("“Hearing” was deleted in your calendar, and is off.");
  expect(describeReconcile({ title: "Something else" })).toBeNull();
});

test("a booking is off, an appointment is gone", () => {
  expect(sentence({ outcome: "cancelled" })).toBe("“Hearing” was deleted in your calendar, and is gone.");
  expect(sentence({ outcome: "cancelled", bookingId })).toMatch(/is off\.$/);
});

describe("what is put back says what was done, and why it could not stay", () => {
  test.each([
    [{ because: "not_allowed" }, "was changed in your calendar and put back: you may look at its project"],
    [{ because: "not_allowed", isDeleted: true }, "was deleted in your calendar and put back: you may look"],
    [{ because: "repeats" }, "it repeats in a way that Calends cannot keep."],
    [{ because: "repeats", bookingId }, "a booking takes place once."],
    [{ because: "no_length" }, "an appointment needs a length."],
    [{ because: "bulk", isDeleted: true }, "was gone with most others of its calendar, and was put back."],
    [{ because: "astray", isElsewhere: true }, "was moved to another of your calendars."],
  ] satisfies [Partial<ReconcileDetail>, string][])("%j", (values, words) => {
    expect(sentence(values)).toContain(words);
  });

  test("in words of its own for each reason", () => {
    const reasons = reconcileDetail.shape.because.unwrap().options;
    for (const of of [null, bookingId]) {
      const sentences = reasons.map((because) => sentence({ because, bookingId: of }));
      expect(new Set(sentences).size).toBe(reasons.length);
    }
  });
});
