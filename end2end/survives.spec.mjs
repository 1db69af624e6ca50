// Nothing is lost and nothing comes twice, whatever breaks: the server's power, its restart, the
// visitor's network.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";

// Waits between two tries to connect grow to some seconds while nobody answers.
const BACK = { timeout: 30_000 };
const OFFLINE = "Offline. Messages are kept.";

let server, watch;

test.beforeEach(async () => {
  server = await Server.demo();
  watch = watchOver(server);
});

test.afterEach(async ({}, testInfo) => {
  await keepLogs(server, watch, testInfo);
  await server.remove();
  // A browser says on its console when a server does not answer, and when something is said on a connection
  // that is just ending: that is said again on the next.
  watch.forgive("WebSocket connection to", "ERR_CONNECTION_REFUSED", "ERR_INTERNET_DISCONNECTED", "CLOSING or CLOSED");
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});

/** A visitor and an agent in the middle of a talk. */
async function talking(browser) {
  const visitor = await Visitor.arrive(browser, server, { watch });
  const mara = await Agent.signIn(browser, server, TEAM.mara, { watch });
  await visitor.opens();
  await visitor.says("I want to talk to a human");
  await mara.opens();
  await mara.takesOver();
  await mara.says("Hello from Mara.");
  await visitor.sees("Hello from Mara.");
  return { visitor, mara };
}

/** Each of these texts stands in this log once, and in this order. */
async function holdsOnceEach(person, texts) {
  const lines = await person.lines();
  const found = lines.flatMap((line) => texts.filter((text) => line.includes(text)));
  expect(found).toEqual(texts);
}

/** Both see all of these texts, once each and in order, now and after a reload. */
async function bothHold({ visitor, mara }, texts) {
  for (const person of [visitor, mara]) {
    for (const text of texts) await person.sees(text);
    await holdsOnceEach(person, texts);
  }
  await Promise.all([visitor.page.reload(), mara.page.reload()]);
  await visitor.opens();
  for (const person of [visitor, mara]) {
    await person.sees(texts.at(-1));
    await holdsOnceEach(person, texts);
  }
}

const seqOf = (name, count) => Array.from({ length: count }, (_, at) => `${name} number ${at + 1}.`);

test("a server killed in the middle of a talk costs a reconnect and not a word", async ({ browser }) => {
  const { visitor, mara } = await talking(browser);
  await visitor.says("Before, by the visitor.");
  await mara.sees("Before, by the visitor.");

  await server.kill();

  await expect(visitor.line).toHaveText(OFFLINE);
  await expect(mara.banner).toBeVisible();
  await expect(mara.availability).toContainText("Not connected");
  const [asked, answered] = [seqOf("Question", 2), seqOf("Answer", 2)];
  for (const text of asked) await visitor.writes(text);
  for (const text of answered) await mara.writes(text);
  await expect(visitor.log.getByText("Goes out when you are back online")).toHaveCount(2);
  await expect(mara.log.getByText("Goes out when you are back")).toHaveCount(2);
  await expect(mara.restore).toBeDisabled();

  await server.start();

  await expect(visitor.line).toHaveText("You are talking to Mara Lindt", BACK);
  await expect(mara.banner).toBeHidden(BACK);
  await mara.isConnected();
  for (const text of asked) await mara.sees(text);
  for (const text of answered) await visitor.sees(text);
  await expect(visitor.log.getByText("Goes out when")).toHaveCount(0);
  await expect(mara.log.getByText("Goes out when")).toHaveCount(0);
  // Who comes back first is a matter of chance; each one's own words keep their order on both sides,
  // and both sides see the same conversation.
  const all = ["Hello from Mara.", "Before, by the visitor.", ...asked, ...answered];
  const order = (await visitor.lines()).flatMap((line) => all.filter((text) => line.includes(text)));
  expect(order.filter((text) => asked.includes(text))).toEqual(asked);
  expect(order.filter((text) => answered.includes(text))).toEqual(answered);
  expect([...order].sort()).toEqual([...all].sort());
  await bothHold({ visitor, mara }, order);
});

test("a server killed the moment a message leaves still gets it once", async ({ browser }) => {
  test.slow();
  const { visitor, mara } = await talking(browser);
  const texts = [];
  for (let round = 1; round <= 4; round += 1) {
    const [asks, answers] = [`Visitor's round ${round}.`, `Mara's round ${round}.`];
    // Nobody waits for anything here: the cut falls before, within or after the commit.
    await visitor.box.fill(asks);
    await Promise.all([visitor.box.press("Enter"), server.kill()]);
    await server.start();
    await mara.sees(asks, BACK);
    await expect(visitor.line).toHaveText("You are talking to Mara Lindt", BACK);
    await expect(mara.banner).toBeHidden(BACK);

    await mara.reply.fill(answers);
    await Promise.all([mara.reply.press("Enter"), server.kill()]);
    await server.start();
    await visitor.sees(answers, BACK);
    await expect(mara.log.getByText("Goes out when")).toHaveCount(0, BACK);
    texts.push(asks, answers);
  }
  await bothHold({ visitor, mara }, texts);
});

test("a server that is asked to stop ends well, and everybody comes back by themselves", async ({ browser }) => {
  const { visitor, mara } = await talking(browser);

  expect(await server.stop()).toBe(0);
  await expect(visitor.line).toHaveText(OFFLINE);
  await server.start();

  await expect(visitor.line).toHaveText("You are talking to Mara Lindt", BACK);
  await visitor.says("After the restart.");
  await mara.sees("After the restart.", BACK);
  await bothHold({ visitor, mara }, ["Hello from Mara.", "After the restart."]);
});

test("what a visitor types offline waits through a reload and goes out once", async ({ browser }) => {
  const { visitor, mara } = await talking(browser);

  await visitor.context.setOffline(true);
  await expect(visitor.line).toHaveText(OFFLINE);
  await visitor.writes("First, offline.");
  await visitor.writes("Second, offline.");
  await expect(visitor.log.getByText("Goes out when you are back online")).toHaveCount(2);
  await mara.says("Meanwhile, by Mara.");
  // The page goes away before the network is back: what waits has to outlive it.
  await visitor.page.goto("about:blank");
  await visitor.context.setOffline(false);
  await visitor.page.goto("/demo");

  await mara.sees("Second, offline.", BACK);
  await visitor.opens();
  await visitor.sees("Second, offline.");
  await expect(visitor.log.getByText("Goes out when")).toHaveCount(0);
  await bothHold({ visitor, mara }, ["Meanwhile, by Mara.", "First, offline.", "Second, offline."]);
});

test("an agent who was offline gets all that was said meanwhile", async ({ browser }) => {
  const { visitor, mara } = await talking(browser);

  await mara.context.setOffline(true);
  await expect(mara.banner).toBeVisible();
  for (const text of seqOf("Missed", 5)) await visitor.says(text);
  await mara.writes("Written in a tunnel.");
  await mara.context.setOffline(false);

  await mara.sees("Missed number 5.", BACK);
  await visitor.sees("Written in a tunnel.", BACK);
  await bothHold({ visitor, mara }, [...seqOf("Missed", 5), "Written in a tunnel."]);
});

test("a sign-out in one tab is followed by the other, which says what became of its draft", async ({ browser }) => {
  const { mara } = await talking(browser);
  const other = new Agent(await mara.context.newPage(), TEAM.mara);
  await other.page.goto(mara.page.url());
  await other.reply.fill("Not sent yet.");
  const stored = () => other.page.evaluate(() => JSON.stringify({ ...localStorage }));
  await expect.poll(stored).toContain("Not sent yet.");

  await mara.availability.click();
  await mara.page.getByRole("menuitem", { name: "Sign out" }).click();

  await expect(other.page.getByRole("alert")).toContainText("What you had typed and not sent is gone.");
  await expect(other.reply).toHaveValue("");
  // Nothing is left for whoever uses this browser next, whatever is typed meanwhile.
  await other.reply.fill("Typed after the sign-out.");
  expect(await stored()).not.toMatch(/Not sent yet|after the sign-out/);
});
