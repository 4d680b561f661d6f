import { expect, test } from "vitest";
import { carriesToken } from "./access";

test("only the whole token opens", () => {
  const token = "a-token-of-some-length";
  expect(carriesToken(`Bearer ${token}`, token)).toBe(true);
  for (const wrong of [
    null,
    "",
    token,
    "Bearer ",
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    `Basic ${token}`,
  ])
    expect(carriesToken(wrong, token)).toBe(false);
});
