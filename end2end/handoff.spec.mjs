// One visitor and two agents side by side: a question, a handoff, a talk, and the way back, twice.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";

test.describe.configure({ mode: "serial" });

const UNKNOWN = "I don't know that, and I would rather not guess.";
const HANDOVER = "A team member will be with you shortly.";
const CLOSING = "This conversation is closed. Write again at any time and the assistant answers.";

let server, watch, visitor, mara, jonas, winner, loser;

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

test("the loader paints a launcher, and a click opens the chat", async () => {
  await expect(visitor.launcher).toHaveAccessibleName("Open chat");
  await expect(visitor.page.getByTitle("Chat", { exact: true })).toHaveCount(0);

  await visitor.opens();

  await expect(visitor.launcher).toHaveAccessibleName("Close chat");
  await expect(visitor.panel.getByRole("heading", { name: "Baton", exact: true })).toBeVisible();
  await expect(visitor.chat.getByText("Hello. Ask me anything about Baton.")).toBeVisible();
  await expect(visitor.line).toHaveText("You are talking to the assistant");
});

test("the AI answers a question from the guide and names its source", async () => {
  await visitor.says("Can a message arrive twice?");

  await visitor.sees("Assistant");
  await visitor.sees("every message carries a key that its sender made");
  await expect(visitor.log.getByRole("link", { name: "Reliability" })).toBeVisible();
});

test("the source opens the page it names", async () => {
  const source = visitor.log.getByRole("link", { name: "Reliability" });
  const page = await visitor.page.request.get(await source.evaluate((link) => link.href));

  expect(await page.text()).toContain("Can a message arrive twice?");
});

test("the AI says so when it does not know", async () => {
  await visitor.says("How many teeth does a kangaroo have?");

  await visitor.sees(UNKNOWN);
});

test("unsure, the AI offers questions, and a choice is sent as the visitor's own words", async () => {
  await visitor.says("Pricing");
  await visitor.sees("Did you mean");

  await visitor.log.getByRole("button", { name: "What does Baton cost?" }).click();

  await visitor.sees("Baton is free software");
  // Below an answer stand two buttons of another kind: whether it helped.
  await expect(visitor.log.getByRole("button", { name: /\?$/ })).toHaveCount(0);
});

test("a reload keeps the conversation", async () => {
  const before = await visitor.lines();

  await visitor.page.reload();
  await visitor.opens();

  await visitor.sees(UNKNOWN);
  // "Sent" and "Read" come and go with what follows.
  expect(await visitor.lines()).toEqual(before);
});

test("asking for a person in words reaches every agent, with all that was said", async () => {
  await expect(mara.list).toContainText("Nobody is waiting");
  await expect(jonas.list).toContainText("Nobody is waiting");

  await visitor.says("Can I talk to a person?");

  await visitor.sees(HANDOVER);
  await expect(visitor.line).toHaveText(/^You are next/);
  for (const agent of [mara, jonas]) {
    await expect(agent.tab("Pending")).toHaveText(/Pending\s*1/);
    await expect(agent.rows).toHaveCount(1);
    await expect(agent.rows).toContainText("Asked for a person");
    await expect(agent.page).toHaveTitle(/^\(1\) Inbox/);
    await agent.opens();
    await agent.log.getByText(/^Assistant, \d+ earlier messages/).click();
    await agent.sees("How many teeth does a kangaroo have?");
    await agent.sees(UNKNOWN);
    await agent.sees("Can I talk to a person?");
  }
  // The AI waits: the wish was its last word's question.
  expect((await visitor.lines()).at(-2)).toContain(HANDOVER);
});

test("opened by keyboard, a conversation begins at its heading, on a desk and on a phone", async () => {
  for (const width of [390, 1280]) {
    await mara.page.setViewportSize({ width, height: 800 });
    await mara.page.goto("/inbox");
    await expect(mara.rows).toHaveCount(1);
    await mara.page.keyboard.press("j");
    await expect(mara.rows).toBeFocused();

    await mara.page.keyboard.press("Enter");

    await expect(mara.conversation.getByRole("heading", { level: 2 })).toBeFocused();
  }
});

test("the agent reads what the AI offered to choose from", async () => {
  await mara.log.getByText(/^Assistant, \d+ earlier messages/).click();

  const offered = mara.log.getByRole("list", { name: "Offered to choose from" });
  await expect(offered.getByRole("listitem").first()).toHaveText("What does Baton cost?");
});

test("of two agents who take over together one wins, and the other reads who did", async () => {
  const both = [mara, jonas];
  both.forEach((agent) => agent.news.hold());
  await Promise.all(both.map((agent) => agent.takeOver.click()));
  both.forEach((agent) => agent.news.release());

  await expect(mara.reply.or(mara.page.getByText("has this").first())).toBeVisible();
  [winner, loser] = (await mara.reply.isVisible()) ? [mara, jonas] : [jonas, mara];
  await expect(winner.reply).toBeFocused();
  await expect(winner.log).toContainText("You took over");
  await expect(loser.reply).toHaveCount(0);
  await expect(loser.page.getByText(`${winner.name} took this`)).toBeVisible();
  await expect(loser.page.getByText("Nothing of yours was sent.")).toBeVisible();
  await expect(loser.conversation.getByText(`${winner.name} has this`).first()).toBeVisible();
  await expect(loser.log).toContainText(`${winner.name} took over`);
});

test("the visitor sees who came, by name and initials", async () => {
  await visitor.isJoinedBy(winner);
  await expect(visitor.panel.getByText(winner.initials, { exact: true })).toBeVisible();
});

test("messages and typing go both ways at once", async () => {
  await winner.reply.pressSequentially("Hello, I am");
  await visitor.sees(`${winner.name} is typing`);
  await winner.says("Hello, I am **here** now.", "Hello, I am here now.");
  await visitor.sees("Hello, I am here now.");
  await expect(visitor.log).not.toContainText("is typing");
  await expect(visitor.log.getByText("here", { exact: true })).toHaveRole("strong");

  await visitor.box.pressSequentially("Thank");
  await winner.sees("is typing");
  await loser.sees("is typing");
  await visitor.says("Thank you for coming.");
  await winner.sees("Thank you for coming.");
  await loser.sees("Thank you for coming.");
  await expect(winner.log).not.toContainText("is typing");
});

test("each side sees that the other has read", async () => {
  await winner.says("Do you see this?");

  await winner.sees("Read");
  await visitor.says("I do.");
  await visitor.sees("Read");
});

test("what nobody looked at is counted on both sides", async () => {
  await visitor.closes();
  await winner.says("Are you still there?");
  await expect(visitor.launcher).toHaveAccessibleName("Open chat, 1 unread message");
  await winner.says("Take your time.");
  await expect(visitor.launcher).toHaveAccessibleName("Open chat, 2 unread messages");
  await visitor.opens();
  await expect(visitor.launcher).toHaveAccessibleName("Close chat");
  await visitor.sees("Take your time.");

  for (const agent of [winner, loser]) {
    await agent.page.getByRole("link", { name: "Inbox" }).click();
    await expect(agent.page).toHaveURL(/\/inbox$/);
  }
  await visitor.says("Back again.");
  await winner.shows("Active");
  await expect(winner.rows).toContainText("1 unread");
  await visitor.says("Sorry for the wait.");
  await expect(winner.rows).toContainText("2 unread");
  await winner.opens();
  await expect(winner.rows).not.toContainText("unread");
  await loser.shows("Active");
  await loser.opens();
});

test("a note reaches the team and never the visitor", async () => {
  await winner.notes("NOTE: be kind to this one");
  await loser.sees("NOTE: be kind to this one");
  await loser.conversation.getByRole("button", { name: "Write a note" }).click();
  await loser.note.fill("NOTE: I would offer a refund");
  await loser.note.press("Enter");
  await expect(loser.note).toHaveValue("");
  await loser.note.press("Escape");
  await winner.sees("NOTE: I would offer a refund");

  await winner.page.getByRole("button", { name: "Reply", exact: true }).click();
  await winner.says("Now to your question.");
  await visitor.sees("Now to your question.");
  expect((await visitor.lines()).join()).not.toContain("NOTE");
  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("Now to your question.");
  expect((await visitor.lines()).join()).not.toContain("NOTE");
});

test("restored to AI, the visitor is told and the AI answers again", async () => {
  await winner.restore.click();

  await visitor.sees(`${winner.name} finished`);
  await visitor.sees("The assistant is back.");
  await expect(visitor.line).toHaveText("You are talking to the assistant");
  await expect(winner.conversation.getByText("This handoff is over")).toBeVisible();
  await visitor.says("How do I back up Baton?");
  await visitor.sees("Backup, updates and PostgreSQL");
  await expect(visitor.line).toHaveText("You are talking to the assistant");
});

test("the button asks for a person a second time, and the other agent takes over", async () => {
  await visitor.wantsPerson.click();

  await expect(visitor.line).toHaveText(/^You are next/);
  await expect(visitor.wantsPerson).toBeHidden();
  for (const agent of [winner, loser]) {
    await expect(agent.tab("Pending")).toHaveText(/Pending\s*1/);
  }
  await loser.takesOver();
  await expect(visitor.line).toHaveText(`You are talking to ${loser.name}`);
  await loser.says("Me this time.");
  await visitor.sees("Me this time.");
});

test("closing says goodbye, and the resolved conversation stays readable", async () => {
  await loser.does("Close");

  await visitor.sees(CLOSING);
  await expect(visitor.line).toHaveText("This conversation is closed");
  for (const agent of [winner, loser]) {
    await agent.shows("Resolved");
    await expect(agent.rows).toContainText("Closed");
    await agent.opens();
    await agent.sees("Thank you for coming.");
    await agent.sees("Me this time.");
    await agent.sees("NOTE: be kind to this one");
    await expect(agent.tab("Active")).toHaveText(/^Active\s*$/);
  }
});

test("after closing, writing again reaches the AI", async () => {
  await visitor.says("What is Baton?");

  await expect(visitor.line).toHaveText("You are talking to the assistant");
  await visitor.sees("What Baton is");
});

test("colleagues see who is online, away or offline", async () => {
  await expect(jonas.colleague("Mara Lindt: online")).toBeVisible();
  await expect(jonas.colleague("Priya Nair: offline")).toBeVisible();

  await mara.chooses("Away");
  await expect(jonas.colleague("Mara Lindt: away")).toBeVisible();
  await mara.chooses("Offline");
  await expect(jonas.colleague("Mara Lindt: offline")).toBeVisible();
  await mara.chooses("Online");
  await expect(jonas.colleague("Mara Lindt: online")).toBeVisible();
});

test("nobody complained, and nothing but the server was asked for anything", () => {
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});
