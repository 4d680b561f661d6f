import { expect, type Page, test } from "@playwright/test";
import type postgres from "postgres";
import { hashPassword } from "@/lib/auth/password";
import { setUp, signIn, signInByForm } from "./support/host";
import { type Product, startProduct } from "./support/product";
import { connect } from "./support/seed";

const ben = { name: "Ben Bauer", email: "ben@example.test", password: "four words in a row" };

let product: Product;
let sql: postgres.Sql;
test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  sql = connect(product.databaseUrl);
  const page = await browser.newPage();
  await setUp(page, product);
  await page.close();
  await sql`
    insert into users (email, name, password_hash)
    values (${ben.email}, ${ben.name}, ${await hashPassword(ben.password)})`;
});
test.afterAll(async () => {
  await sql?.end();
  await product?.stop();
});

/** With what lies in them, from the top. */
const rows = (page: Page) => page.getByRole("region", { name: "Projects" }).getByRole("listitem");
async function add(page: Page, button: string, name: string, kind: string) {
  // An empty page asks for the first one twice.
  await page.getByRole("button", { name: button, exact: true }).first().click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: kind }).check({ force: true });
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("dialog", { name: /^New / })).toHaveCount(0);
  await expect(rows(page).filter({ hasText: name }).first()).toBeVisible();
}

async function choose(page: Page, name: string, item: string) {
  const wanted = page.getByRole("menuitem", { name: item });
  // A dialog that goes hands the focus back, which closes a menu.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // A page that has just arrived does not answer yet.
  await expect(async () => {
    await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).press("Enter");
    await expect(wanted).toBeVisible({ timeout: 1000 });
  }).toPass();
  await wanted.press("Enter");
}

test("a case moves to another client, is shared alone, taken back, and archived", async ({
  page,
  browser,
}) => {
  await signIn(page, product);
  await page.goto(`${product.url}/projects`);
  await add(page, "New project", "Acme", "Client");
  await add(page, "Add to Acme", "Acme v. Bolt", "Litigation");
  await add(page, "Add to Acme v. Bolt", "Appeal", "Case");
  await add(page, "New project", "Crane", "Client");
  await add(page, "Add to Crane", "Crane v. Dorn", "Litigation");

  await choose(page, "Appeal", "Move");
  await page.getByRole("radio", { name: /^Crane v\. Dorn/ }).check({ force: true });
  await page.getByRole("button", { name: "Move", exact: true }).click();
  const tree = [
    /^Acme/,
    /^Acme v\. BoltLitigation$/,
    /^Crane/,
    /^Crane v\. DornLitigationAppealCase$/,
    /^Appeal/,
  ];
  await expect(rows(page)).toHaveText(tree);

  await choose(page, "Appeal", "Members");
  await page.getByLabel("E-mail").fill(ben.email);
  await page.getByLabel("Role", { exact: true }).selectOption("Viewer: reads");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const member = page
    .getByRole("list", { name: "Members" })
    .getByRole("listitem")
    .filter({ hasText: ben.name });
  await expect(member).toBeVisible();

  const theirs = await browser.newPage();
  await signInByForm(theirs, product, ben);
  await theirs.goto(`${product.url}/projects`);
  await expect(rows(theirs)).toHaveText([/^Appeal/]);
  // Neither on the page nor in what it is made of.
  expect(await theirs.content()).not.toMatch(/Acme|Crane|hanna@/);
  await choose(theirs, "Appeal", "Members");
  await expect(theirs.getByText("Manager through a project further up")).toBeVisible();

  await member.getByRole("button", { name: `Remove ${ben.name}` }).click();
  const question = page.getByRole("dialog", { name: `Remove ${ben.name} from “Appeal”?` });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toHaveCount(0);
  await expect(member).toBeVisible();
  await member.getByRole("button", { name: `Remove ${ben.name}` }).click();
  await question.getByRole("button", { name: "Remove" }).click();
  await expect(member).toHaveCount(0);
  await page
    .getByRole("dialog", { name: "Members of Appeal" })
    .getByRole("button", { name: "Close" })
    .first()
    .click();
  await theirs.reload();
  await expect(theirs.getByText("No projects yet")).toBeVisible();
  await theirs.close();

  await choose(page, "Crane", "Archive");
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(rows(page)).toHaveText([/^Acme/, /^Acme v\. Bolt/]);
  await page.getByText("Show archived (3)").click();
  await expect(rows(page)).toHaveCount(tree.length);
});
