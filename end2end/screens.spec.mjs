// Every state that somebody meets, at the widths it is designed for and in both colour schemes: nothing
// keeps anybody out, nothing is cut off, no console complains. The pictures are in results/screens; the
// README shows one of them.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { ALL, DESK_AND_PHONE, NARROW, obstacles, shoot } from "./support/shots.mjs";

test.describe.configure({ mode: "serial" });
// A trace takes pictures of its own all the time; this file takes enough.
test.use({ trace: "off" });

let server, watch, visitor, mara, jonas, others;

test.beforeAll(async ({ browser }) => {
  server = await Server.demo();
  watch = watchOver(server);
  visitor = await Visitor.arrive(browser, server, { watch });
  mara = await Agent.signIn(browser, server, TEAM.mara, { watch });
  jonas = await Agent.signIn(browser, server, TEAM.jonas, { watch });
  others = [];
});

test.afterEach(async ({}, testInfo) => keepLogs(server, watch, testInfo));

test.afterAll(async () => {
  await Promise.all([visitor, mara, jonas, ...(others ?? [])].map((person) => person?.context.close()));
  await server?.remove();
});

/** A page of somebody who is nobody yet. */
async function stranger(browser, { url }, path, watch) {
  const context = await browser.newContext({ baseURL: url });
  await watch.over(context);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

/** One more visitor, who asks for a person after these words. */
async function another(browser, ...words) {
  const other = await Visitor.arrive(browser, server, { watch });
  others.push(other);
  await other.opens();
  for (const text of words) await other.says(text);
  await other.wantsPerson.click();
  await expect(other.line).toHaveText(/^(You are next|Waiting)/);
}

test("setup, at first and refused", async ({ browser }) => {
  const empty = await Server.empty();
  const watch = watchOver(empty);
  const page = await stranger(browser, empty, "/setup", watch);
  const send = page.getByRole("button", { name: "Set up" });
  await expect(send).toBeEnabled();

  await shoot(page, "setup", ALL);

  await page.getByLabel("Setup token").fill("not-the-token");
  await page.getByLabel("Workspace", { exact: true }).fill("Moreno Outdoor");
  await page.getByLabel("Your name").fill("Ada Moreno");
  await page.getByLabel("Your e-mail").fill("ada@moreno.example");
  await page.getByLabel("Password", { exact: true }).fill("a quiet walk in the rain");
  await page.getByLabel("Chatbot", { exact: true }).fill("Shop help");
  await send.click();
  await expect(page.getByText("This is not the setup token.")).toBeVisible();
  await shoot(page, "setup-refused", DESK_AND_PHONE);

  await page.context().close();
  await empty.remove();
  watch.forgive("status of 422");
  expect(watch.trouble).toEqual([]);
});

test("sign-in, at first and refused", async ({ browser }) => {
  const page = await stranger(browser, server, "/sign-in", watch);
  const send = page.getByRole("button", { name: "Sign in" });
  await expect(send).toBeEnabled();

  await shoot(page, "sign-in", ALL);

  await page.getByLabel("E-mail").fill(TEAM.mara.email);
  await page.getByLabel("Password").fill("not the password");
  await send.click();
  await expect(page.getByRole("alert")).toBeVisible();
  await shoot(page, "sign-in-refused", DESK_AND_PHONE);

  watch.forgive("status of 422");
  await page.context().close();
});

test("the snippet, and a page that is not there", async () => {
  await mara.page.goto("/embed");
  await expect(mara.page.getByRole("heading", { name: "Put it on your site" })).toBeVisible();
  await shoot(mara.page, "embed", DESK_AND_PHONE);

  await mara.page.goto("/nowhere");
  await expect(mara.page.getByRole("heading")).toBeVisible();
  await shoot(mara.page, "missing", DESK_AND_PHONE);

  watch.forgive("status of 404");
  await mara.page.goto("/inbox");
  await mara.isConnected();
});

test("the inbox when nobody waits", async () => {
  await expect(mara.list).toContainText("Nobody is waiting");

  await shoot(mara.page, "inbox-empty", ALL);
});

test("the launcher, and the chat before the first word", async () => {
  await shoot(visitor.page, "widget-launcher", DESK_AND_PHONE);
  await visitor.opens();

  await shoot(visitor.page, "widget-start", DESK_AND_PHONE);
});

test("an answer with its source", async () => {
  await visitor.says("Can a message get lost?");
  await expect(visitor.log.getByRole("link", { name: "Reliability" })).toBeVisible();

  await shoot(visitor.page, "widget-answer", ALL);
});

test("an answer that offers questions", async () => {
  await visitor.says("Pricing");
  await expect(visitor.log.getByRole("button", { name: "What does Baton cost?" })).toBeVisible();

  await shoot(visitor.page, "widget-choices", DESK_AND_PHONE);
});

test("the list with somebody who waits", async ({ browser }) => {
  await another(browser, "Can two agents take the same chat?", "And who decides which of them was first?");
  await expect(mara.rows).toHaveCount(1);

  await shoot(mara.page, "inbox-list", ALL);
});

test("the chat while a visitor waits", async () => {
  await visitor.says("Can I talk to a person about moving our old chats?");
  await expect(visitor.line).toHaveText("Waiting, 2nd in line");

  await shoot(visitor.page, "widget-waiting", DESK_AND_PHONE);
});

test("the inbox with an open request", async () => {
  await expect(mara.rows).toHaveCount(2);
  await mara.rows.last().click();
  await expect(mara.takeOver).toBeVisible();

  await shoot(mara.page, "inbox-pending", ALL);
});

test("the inbox of whoever lost a claim", async () => {
  await jonas.rows.last().click();
  await expect(jonas.takeOver).toBeVisible();
  jonas.news.hold();
  await mara.takesOver();
  await jonas.takeOver.click();
  jonas.news.release();
  const notice = jonas.page.getByRole("status").filter({ hasText: "Mara Lindt took this" });
  await expect(notice).toBeVisible();
  // A notice stays for as long as somebody points at it.
  await notice.hover();

  await shoot(jonas.page, "inbox-lost-claim", DESK_AND_PHONE);
});

test("the inbox with a conversation of one's own", async ({ browser }) => {
  await another(browser, "Does Baton work without the internet?");
  await jonas.rows.last().click();
  await jonas.takesOver();
  await jonas.says("It does. Which part are you wondering about?");
  await mara.says("Hello, Mara here. How many chats is it about?");
  await visitor.says("About 4,000, exported as JSON.\nTwo things:\n- does that go in as one file?\n- do we need PostgreSQL for it?", "do we need PostgreSQL");
  await mara.says("One file is fine, and **SQLite is enough** for that many.", "SQLite is enough");
  await mara.notes("Comes from another tool and brings 4,000 chats. Knows their way around a server.");
  await mara.page.getByRole("button", { name: "Reply", exact: true }).click();
  await visitor.says("That is good to hear. Where do I begin?");
  await mara.sees("Where do I begin?");
  await mara.shows("Active");

  await shoot(mara.page, "inbox-conversation", ALL);
});

test("the chat with a person", async () => {
  await mara.says("With [this page](https://example.org/operating), and I stay here while you try.", "this page");
  await visitor.sees("I stay here while you try.");

  await shoot(visitor.page, "widget-person", DESK_AND_PHONE);
});

test("the details, where they lie over the conversation", async () => {
  await mara.page.setViewportSize({ width: 820, height: 1180 });
  await mara.page.getByRole("button", { name: "Show details" }).click();
  await expect(mara.page.getByRole("button", { name: "Close details" })).toBeVisible();

  await shoot(mara.page, "inbox-panel", NARROW);
  await mara.page.setViewportSize({ width: 820, height: 1180 });
  await mara.page.getByRole("button", { name: "Close details" }).click();
  await mara.page.setViewportSize({ width: 1280, height: 800 });
});

test("writing a note", async () => {
  await mara.page.getByRole("group", { name: "Write as" }).getByRole("button", { name: "Note" }).click();
  await mara.note.fill("Offer them the import script.");

  await shoot(mara.page, "inbox-note", DESK_AND_PHONE);
  await mara.note.fill("");
  await mara.page.getByRole("button", { name: "Reply", exact: true }).click();
});

test("the ways to end a handoff, and one's own availability", async () => {
  await mara.page.getByRole("button", { name: "Other ways to end this" }).click();
  await expect(mara.page.getByRole("menu", { name: "Actions" })).toBeVisible();
  await shoot(mara.page, "inbox-resolve", DESK_AND_PHONE);
  await mara.page.keyboard.press("Escape");

  await mara.availability.click();
  await expect(mara.page.getByRole("menu", { name: "Your availability" })).toBeVisible();
  await shoot(mara.page, "inbox-availability", [1280]);
  await mara.page.keyboard.press("Escape");
});

test("both sides while the server is away", async () => {
  await server.kill();
  await expect(mara.banner).toBeVisible();
  await mara.writes("This goes out later.");
  await expect(visitor.line).toHaveText("Offline. Messages are kept.");
  await visitor.writes("And so does this.");

  await shoot(mara.page, "inbox-reconnecting", ALL);
  await shoot(visitor.page, "widget-offline", DESK_AND_PHONE);

  await server.start();
  await expect(mara.banner).toBeHidden({ timeout: 60_000 });
  await visitor.sees("This goes out later.", { timeout: 60_000 });
  await mara.sees("And so does this.", { timeout: 60_000 });
  watch.forgive("WebSocket connection to", "ERR_CONNECTION_REFUSED");
});

test("a conversation that was closed, on both sides", async () => {
  await mara.does("Close");
  await expect(visitor.line).toHaveText("This conversation is closed");
  await shoot(visitor.page, "widget-closed", DESK_AND_PHONE);

  await mara.shows("Resolved");
  await expect(mara.rows).toContainText("Closed");
  await shoot(mara.page, "inbox-resolved", DESK_AND_PHONE);
});

test("nothing keeps anybody out", () => {
  expect(obstacles).toEqual({});
});

test("no console complained", () => {
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});
