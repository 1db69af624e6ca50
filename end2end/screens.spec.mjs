// Every state that somebody meets, at every width and in both colour schemes: nothing scrolls sideways,
// nothing keeps anybody out, no console complains. The pictures are in results/screens.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { INBOX, obstacles, SCHEMES, shoot, shootAll, WIDGET } from "./support/shots.mjs";

test.describe.configure({ mode: "serial" });

let server, watch, visitor, mara, jonas;

test.beforeAll(async ({ browser }) => {
  server = await Server.demo();
  watch = watchOver(server);
  visitor = await Visitor.arrive(browser, server, { watch });
  mara = await Agent.signIn(browser, server, TEAM.mara, { watch });
  jonas = await Agent.signIn(browser, server, TEAM.jonas, { watch });
});

test.afterEach(async ({}, testInfo) => keepLogs(server, watch, testInfo));

test.afterAll(async () => {
  await Promise.all([visitor, mara, jonas].map((person) => person?.context.close()));
  await server?.remove();
});

/** A page of somebody who is nobody yet. */
async function stranger(browser, server, path, watch) {
  const context = await browser.newContext({ baseURL: server.url });
  await watch.over(context);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

test("setup", async ({ browser }) => {
  const empty = await Server.empty();
  const watch = watchOver(empty);
  const page = await stranger(browser, empty, "/setup", watch);
  await expect(page.getByRole("button", { name: "Set up" })).toBeVisible();

  await shootAll(page, "setup", INBOX);

  await page.context().close();
  await empty.remove();
  expect(watch.trouble).toEqual([]);
});

test("sign-in", async ({ browser }) => {
  const page = await stranger(browser, server, "/sign-in", watch);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();

  await shootAll(page, "sign-in", INBOX);
  await page.context().close();
});

test("the inbox when nobody waits", async () => {
  await expect(mara.list).toContainText("Nobody is waiting");

  await shootAll(mara.page, "inbox-empty", INBOX);
});

test("the launcher", async () => {
  await shootAll(visitor.page, "widget-launcher", WIDGET);
});

test("the chat before the first word", async () => {
  await visitor.opens();

  await shootAll(visitor.page, "widget-start", WIDGET);
});

test("the chat with the AI", async () => {
  await visitor.says("Can a message get lost?");
  await visitor.sees("Reliability");
  await visitor.says("Do kangaroos sing opera?");
  await visitor.sees("I don't know that");

  await shootAll(visitor.page, "widget-ai", WIDGET);
});

test("the chat while a visitor waits", async () => {
  await visitor.wantsPerson.click();
  await expect(visitor.line).toHaveText("Waiting, next in line");

  await shootAll(visitor.page, "widget-waiting", WIDGET);
});

test("the inbox with somebody who waits", async () => {
  await mara.opens();
  await expect(mara.takeOver).toBeVisible();

  await shootAll(mara.page, "inbox-pending", INBOX);
});

test("the inbox of whoever lost a claim", async () => {
  await jonas.opens();
  for (const scheme of SCHEMES) {
    await expect(jonas.takeOver).toBeVisible();
    jonas.news.hold();
    await mara.takesOver();
    await jonas.takeOver.click();
    jonas.news.release();
    await expect(jonas.page.getByText("Mara Lindt took this")).toBeVisible();

    await shoot(jonas.page, "inbox-lost-claim", INBOX, scheme);

    if (scheme !== SCHEMES.at(-1)) {
      await mara.page.getByRole("button", { name: "Other ways to end this" }).click();
      await mara.page.getByRole("menuitem", { name: "Release" }).click();
      await expect(mara.takeOver).toBeVisible();
    }
  }
});

test("the inbox with a conversation of one's own", async () => {
  await mara.says("Hello, I am **Mara**. What is it about?", "Hello, I am Mara.");
  await visitor.says("Two things:\n- how you keep backups\n- whether I may use PostgreSQL", "how you keep backups");
  await mara.sees("whether I may use PostgreSQL");

  await shootAll(mara.page, "inbox-conversation", INBOX);
});

test("the chat with a person", async () => {
  await mara.says("Both are on [this page](https://example.org/operating).", "Both are on this page.");
  await visitor.sees("Both are on this page.");

  await shootAll(visitor.page, "widget-person", WIDGET);
});

test("the inbox with a note", async () => {
  await mara.notes("Asks about **backups**. Knows PostgreSQL well.", "Asks about backups. Knows PostgreSQL well.");

  await shootAll(mara.page, "inbox-note", INBOX);
  await mara.page.getByRole("button", { name: "Reply", exact: true }).click();
});

test("both sides while the server is away", async () => {
  await server.kill();
  await expect(mara.banner).toBeVisible();
  await mara.writes("This goes out later.");
  await expect(visitor.line).toHaveText("Offline. Messages are kept.");
  await visitor.writes("And so does this.");

  await shootAll(mara.page, "inbox-reconnecting", INBOX);
  await shootAll(visitor.page, "widget-offline", WIDGET);

  await server.start();
  await expect(mara.banner).toBeHidden({ timeout: 60_000 });
  await visitor.sees("This goes out later.", { timeout: 60_000 });
  watch.forgive("WebSocket connection to", "ERR_CONNECTION_REFUSED");
});

test("the ways to end a handoff", async () => {
  await mara.page.getByRole("button", { name: "Other ways to end this" }).click();
  await expect(mara.page.getByRole("menu", { name: "End this" })).toBeVisible();

  await shootAll(mara.page, "inbox-resolve", INBOX);
  await mara.page.keyboard.press("Escape");
});

test("the inbox with a resolved conversation", async () => {
  await mara.ends("Close");
  await mara.shows("Resolved");
  await expect(mara.rows).toContainText("Closed");

  await shootAll(mara.page, "inbox-resolved", INBOX);
});

test("nothing keeps anybody out", () => {
  expect(obstacles).toEqual({});
});

test("no console complained", () => {
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});
