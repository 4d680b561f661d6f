import { expect, type Page } from "@playwright/test";

/** Tabs on until what has the focus is called so. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const focused = page.locator(":focus");
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    const found = typeof name === "string" ? new RegExp(`^${name}`) : name;
    if ((await focused.count()) === 0) continue;
    const reached = await expect(focused)
      .toHaveAccessibleName(found, { timeout: 50 })
      .then(() => true)
      .catch(() => false);
    if (reached) return;
  }
  throw new Error(`Tab never reached ${name}.`);
}
