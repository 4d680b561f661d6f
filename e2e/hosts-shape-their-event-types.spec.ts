import { expect, type Locator, test } from "@playwright/test";
import { checkPage } from "./support/check-page";
import { setUp, signIn } from "./support/host";
import { looks } from "./support/looks";
import { type Product, startProduct } from "./support/product";

let product: Product;
test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  const page = await browser.newPage();
  await setUp(page, product);
  await page.close();
});
test.afterAll(async () => {
  await product?.stop();
});

test("what a host says of an event type comes back as it was saved", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/event-types/new`);
  await page.getByLabel("Title").fill("Tax consultation");
  await expect(page.getByLabel("Address", { exact: true })).toHaveValue("tax-consultation");
  await page.getByRole("radio", { name: "Violet" }).check();
  await page.getByLabel("Place").selectOption("Video call");
  await page.getByLabel("Video link").fill("https://meet.example.test/hanna");
  await page.getByLabel("Duration (minutes)").fill("45");
  await page.getByRole("button", { name: "Add a duration" }).click();
  await page.getByLabel("Further duration 1 (minutes)").fill("90");
  await page.getByLabel("Buffer after (minutes)").fill("15");
  await expect(page.getByText("Your after-buffer is kept free before an existing event")).toBeVisible();
  await page.getByLabel("How far ahead").selectOption("A number of business days from today");
  await page.getByLabel("Booking window (business days)").fill("20");
  await page.getByLabel("Bookings a day").fill("3");
  await page.getByLabel("Minutes a day").fill("180");

  await page.getByRole("button", { name: "Add a question" }).click();
  const first = page.getByRole("group", { name: "Question 1" });
  await first.getByLabel("Question", { exact: true }).fill("Anything else?");
  await page.getByRole("button", { name: "Add a question" }).click();
  const second = page.getByRole("group", { name: "Question 2" });
  await second.getByLabel("Question", { exact: true }).fill("What is it about?");
  await second.getByLabel("Answer", { exact: true }).selectOption("One of several");
  await second.getByLabel("Options").fill("Income tax\nInheritance");
  await second.getByLabel("It must be answered").check();
  // By keyboard alone: the question moves, and the focus with it.
  const up = page.getByRole("button", { name: "Move question 2 up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("What is it about? is now 1 of 2")).toBeAttached();
  await expect(page.getByRole("button", { name: "Move question 1 up" })).toBeFocused();

  await page.getByLabel("I accept or decline each booking").check();
  await page.getByRole("button", { name: "Remove reminder 2" }).click();
  await page.getByRole("button", { name: "Create event type" }).click();
  await expect(page).toHaveURL(/event-types$/);

  const card = page.getByRole("listitem").filter({ hasText: "Tax consultation" });
  await expect(card).toContainText("45 minutes, 1 hour 30 minutes");
  await expect(card).toContainText("Approval");
  await checkPage(page, "event-types-filled");
  await card.getByRole("link", { name: "Edit Tax consultation" }).click();

  await expect(page.getByRole("radio", { name: "Violet" })).toBeChecked();
  await expect(page.getByLabel("Video link")).toHaveValue("https://meet.example.test/hanna");
  await expect(page.getByLabel("Duration (minutes)")).toHaveValue("45");
  await expect(page.getByLabel("Further duration 1 (minutes)")).toHaveValue("90");
  await expect(page.getByLabel("Booking window (business days)")).toHaveValue("20");
  await expect(page.getByLabel("Bookings a day")).toHaveValue("3");
  await expect(page.getByLabel("Bookings a week")).toHaveValue("");
  await expect(page.getByLabel("Minutes a day")).toHaveValue("180");
  await expect(first.getByLabel("Question", { exact: true })).toHaveValue("What is it about?");
  await expect(first.getByLabel("Options")).toHaveValue("Income tax\nInheritance");
  await expect(first.getByLabel("It must be answered")).toBeChecked();
  await expect(second.getByLabel("Question", { exact: true })).toHaveValue("Anything else?");
  await expect(page.getByLabel("I accept or decline each booking")).toBeChecked();
  await expect(page.getByRole("button", { name: /^Remove reminder/ })).toHaveCount(1);
});

for (const { colorScheme, where } of looks)
  test(`settings that cannot work are told while they are typed, and refused, ${colorScheme} ${where}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, product);
    await page.goto(`${product.url}/event-types/new`);
    await expectError(page.getByLabel("Duration (minutes)"), "600", "is open for 8 hours at most");
    await page.getByLabel("Duration (minutes)").fill("30");
    await expectError(page.getByLabel("Minutes a day"), "20", "Even the shortest meeting is longer");
    await expectError(page.getByLabel("Booking window (days)"), "0", "Window: at least 1.");
    await page.getByLabel("Booking window (days)").fill("3");
    await page.getByLabel("Unit of the notice").selectOption("days");
    await expectError(page.getByLabel("Minimum notice"), "3", "as long as the booking window");
    await page.getByLabel("Bookings a day").fill("4");
    await page.getByLabel("Bookings a week").fill("2");
    await expect(page.getByText("This is less than you allow on a single day.")).toBeVisible();
    await page.getByLabel("Address", { exact: true }).fill("30-minutes");
    await expect(page.getByText("Another of your event types has this address.")).toBeVisible();
    await page.getByRole("button", { name: "Add a question" }).click();

    // Nothing typed there yet: it is missing only once somebody wants to save.
    await expect(page.getByText("Give it a title.")).toBeHidden();
    await page.getByRole("button", { name: "Create event type" }).click();
    await expect(page.getByText("Give it a title.")).toBeVisible();
    await expect(page.getByLabel("Title")).toBeFocused();
    await expect(page.getByText("Write the question.")).toBeVisible();
    await expect(page.getByText("things to correct")).toBeVisible();
    await expect(page).toHaveURL(/event-types\/new$/);
    await checkPage(page, `event-type-errors-${colorScheme}`);
  });

test("nothing unsaved is lost by a link or the back button", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/event-types`);
  await page.getByRole("link", { name: "New event type" }).click();
  await page.getByLabel("Title").fill("Unsaved");
  await page.getByRole("link", { name: "Bookings" }).first().click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Unsaved");
  await page.evaluate(() => history.back());
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(page).toHaveURL(/event-types\/new$/);
  await expect(page.getByLabel("Title")).toHaveValue("Unsaved");
  await page.getByRole("link", { name: "Bookings" }).first().click();
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await expect(page).toHaveURL(/bookings$/);
});

test("a copy opens for editing, hidden and under its own address", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/event-types`);
  await page.getByRole("button", { name: "Duplicate Tax consultation" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Tax consultation (copy)");
  await expect(page.getByLabel("Address", { exact: true })).toHaveValue("tax-consultation-copy");
  await expect(page.getByLabel("Hide it from my booking page")).toBeChecked();
  await expect(page.getByLabel("Bookings a day")).toHaveValue("3");
});

test("what calendars may do to bookings is kept", async ({ page }) => {
  await signIn(page, product);
  await page.goto(`${product.url}/settings`);
  const rules = page.locator("form").filter({ hasText: "Calendars and bookings" });
  await rules.getByLabel("Tentative events block").uncheck();
  const age = rules.getByLabel("How old may a calendar's last reading be");
  await age.fill("5");
  await rules.getByLabel("Unit of the age at which bookings close").selectOption("minutes");
  await rules.getByRole("button", { name: "Save booking rules" }).click();
  await expect(rules.getByText("Age: at least 15.")).toBeVisible();
  await expect(age).toBeFocused();
  await age.fill("20");
  await rules.getByLabel("Confirm if it was read shortly before").check();
  await rules.getByLabel("Read within the last").fill("20");
  await expect(rules.getByText("Bookings close before a reading gets this old")).toBeVisible();
  await rules.getByLabel("Read within the last").fill("10");
  await rules.getByRole("button", { name: "Save booking rules" }).click();
  await expect(page.getByText("Booking rules saved")).toBeVisible();
  await page.reload();
  await expect(rules.getByLabel("Tentative events block")).not.toBeChecked();
  await expect(age).toHaveValue("20");
  await expect(rules.getByLabel("Read within the last")).toHaveValue("10");
});

/** Types a value and sees it refused at the field, in words that the field itself refers to. */
async function expectError(field: Locator, value: string, message: string): Promise<void> {
  await field.fill(value);
  await field.blur();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(new RegExp(message));
}
