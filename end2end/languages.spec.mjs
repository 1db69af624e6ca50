// The agents' pages in the reader's language: as their browser asks, and as they choose.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, PASSWORD, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { ALL, obstacles, shoot } from "./support/shots.mjs";

test.describe.configure({ mode: "serial" });
test.use({ trace: "off" });

let server, watch, mara, visitor;

test.beforeAll(async ({ browser }) => {
  server = await Server.demo();
  watch = watchOver(server);
  visitor = await Visitor.arrive(browser, server, { watch });
  await visitor.opens();
  await visitor.says("Can I talk to a person?");
});

test.afterEach(async ({}, testInfo) => keepLogs(server, watch, testInfo));

test.afterAll(async () => {
  await Promise.all([visitor, mara].map((person) => person?.context.close()));
  await server?.remove();
});

test("a German browser gets German pages, painted and alive", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: "de-CH" });
  await watch.over(context);
  const page = await context.newPage();
  await page.goto("/inbox");
  await expect(page).toHaveTitle("Anmelden · Baton");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByLabel("E-Mail").fill(TEAM.mara.email);
  await page.getByLabel("Passwort").fill("not the password");
  await page.getByRole("button", { name: "Anmelden" }).click();
  await expect(page.getByRole("alert")).toHaveText("E-Mail und Passwort passen nicht zusammen.");
  watch.forgive("status of 422");
  await page.getByLabel("Passwort").fill(PASSWORD);
  await page.getByRole("button", { name: "Anmelden" }).click();

  const list = page.getByRole("region", { name: "Gespräche" });
  await expect(list.getByRole("tab", { name: /^Wartend/ })).toBeVisible();
  await expect(page.getByTitle("Deine Verfügbarkeit")).toContainText("Online");
  mara = new Agent(page, TEAM.mara);
});

test("what happens is told in German, as the hub brings it", async () => {
  const { page } = mara;
  const row = page.getByRole("tabpanel").getByRole("link").first();
  await expect(row).toContainText("Fragte nach einem Menschen");
  await row.click();
  const log = page.getByRole("log", { name: "Nachrichten" });
  await expect(log).toContainText("fragte nach einem Menschen");
  await expect(log).toContainText(/Heute, \S+tag, \d+\. \S+/);
  await page.getByRole("button", { name: "Übernehmen" }).first().click();
  await expect(log).toContainText("Von dir übernommen");
  await expect(page.getByRole("textbox", { name: /^Antwort an/ })).toBeFocused();
  await shoot(page, "german-conversation", ALL);
});

test("an agent chooses a language, and it stays", async () => {
  const { page } = mara;
  await page.getByTitle("Deine Verfügbarkeit").click();
  await shoot(page, "german-menu", ALL);
  const english = page.getByRole("menuitem", { name: "English" });
  // A menu closes when the window changes under it.
  if (!(await english.isVisible())) await page.getByTitle("Deine Verfügbarkeit").click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await expect(page.getByTitle("Your availability")).toContainText("Online");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByRole("tab", { name: /^Active/ })).toBeVisible();
  expect(watch.trouble).toEqual([]);
});

test("read from right to left nothing is cut off or lost", async () => {
  const { page } = mara;
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await shoot(page, "right-to-left", ALL);
  expect(obstacles).toEqual({});
});
