import { expect, test } from "@playwright/test";
import { freePort } from "@/scripts/lib/port.mjs";
import { type HostileCaldav, startHostileCaldav } from "./hostile-caldav";
import { accidents } from "./hostile-caldav-quirks";
import { setUp, typeAccount } from "./support/host";
import { type Product, startProduct } from "./support/product";
import { connect } from "./support/seed";

let product: Product;
let server: HostileCaldav;
test.beforeAll(async () => {
  [product, server] = await Promise.all([startProduct(), startHostileCaldav()]);
  server.addCalendar("work");
});
test.afterAll(async () => {
  await Promise.all([product?.stop(), server?.stop()]);
});

test("a wrong password, an unreachable server, garbage and 10 MB each get a clear sentence, and nothing is stored", async ({
  page,
}) => {
  await setUp(page, product);
  const account = { url: server.url, user: server.user, password: server.password };

  await typeAccount(page, product, { ...account, password: "wrong" });
  await expect(page.getByText(/refused|password/i).first()).toBeVisible();
  await expect(page.getByLabel("Server or e-mail address")).toHaveValue(server.url);
  await expect(page.getByLabel("User name")).toHaveValue(server.user);

  await typeAccount(page, product, { ...account, url: `http://127.0.0.1:${await freePort()}/` });
  await expect(page.getByText("127.0.0.1 refused the connection.")).toBeVisible();

  const stopGarbage = server.answer(/PROPFIND/, accidents.garbage);
  await typeAccount(page, product, account);
  await expect(page.getByText("did not answer the way a CalDAV server does")).toBeVisible();
  stopGarbage();

  const stopHuge = server.answer(/PROPFIND \/dav\/ada\//, accidents.huge);
  await typeAccount(page, product, account);
  await expect(page.getByText("sent more than 1 MB")).toBeVisible();
  stopHuge();

  const sql = connect(product.databaseUrl);
  const [stored] = await sql`
    select (select count(*) from calendar_connections)::int + (select count(*) from calendars)::int as n`;
  expect(stored?.n).toBe(0);
  await sql.end();

  await typeAccount(page, product, account);
  await expect(page.getByText("One more step")).toBeVisible();
  expect(product.log()).not.toContain(server.password);
});
