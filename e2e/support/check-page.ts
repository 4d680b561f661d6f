import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type axe from "axe-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA by axe, no sideways scrolling, and a picture to look at. */
export async function checkPage(page: Page, name: string): Promise<void> {
  // Next takes the title away for a moment when a page is rendered anew, so axe does not look for it.
  await expect(page, name).toHaveTitle(/./);
  // What turns for ever shows that something is under way; everything else comes to rest, or is broken off.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
  await page.screenshot({ path: `test-results/screens/${name}-${test.info().project.name}.png` });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const result = await run.run(document, {
      runOnly: { type: "tag", values: tags },
      rules: { "document-title": { enabled: false } },
      // Of what is well, it need not say where that is.
      resultTypes: ["violations"],
    });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
  expect(violations, name).toEqual([]);
}
