// A conversation passes from one agent to another, and who steps in says so.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";

const here = deskOfEach(test);

const NOTE = "NOTE: wants the yearly plan, be patient";

/** A visitor who talks to Jonas, with Mara looking at it. */
async function talkingToJonas() {
  const [mara, jonas] = await here.desk.staff("mara", "jonas");
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");
  await jonas.opens();
  await jonas.takesOver();
  await visitor.isJoinedBy(jonas);
  await jonas.says("Hello, Jonas here.");
  await visitor.sees("Hello, Jonas here.");
  await mara.shows("Active");
  await mara.opens();
  return { mara, jonas, visitor };
}

test("a transfer with a note: the colleague goes on, and the visitor never sees the note", async () => {
  const { mara, jonas, visitor } = await talkingToJonas();

  await jonas.does("Transfer");
  const dialog = jonas.page.getByRole("dialog", { name: /^Transfer / });
  await expect(dialog.getByRole("radio", { name: /^Priya Nair/ })).toBeDisabled();
  await dialog.getByRole("radio", { name: /^Mara Lindt/ }).check();
  await dialog.getByLabel("Note for the team").fill(NOTE);
  await dialog.getByRole("button", { name: "Transfer", exact: true }).click();

  await expect(dialog).toHaveCount(0);
  await visitor.isJoinedBy(jonas, mara);
  await mara.sees(NOTE);
  await mara.sees("Jonas Weber transferred this to you");
  await jonas.sees("You transferred this to Mara Lindt");
  await expect(jonas.reply).toHaveCount(0);
  await mara.says("Mara here. I have read what you told Jonas.");
  await visitor.sees("I have read what you told Jonas.");
  expect((await visitor.lines()).join()).not.toContain("NOTE");
  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("I have read what you told Jonas.");
  expect((await visitor.lines()).join()).not.toContain("NOTE");
});

test("back to the queue, the visitor waits on from the beginning of the request", async () => {
  const { mara, jonas, visitor } = await talkingToJonas();

  await jonas.does("Transfer");
  const dialog = jonas.page.getByRole("dialog", { name: /^Transfer / });
  await dialog.getByRole("radio", { name: /^Back to the queue/ }).check();
  await dialog.getByRole("button", { name: "Put it back" }).click();

  await expect(visitor.line).toHaveText(/^You are next/);
  await visitor.sees("Jonas Weber left, somebody else will answer");
  await mara.shows("Pending");
  await expect(mara.rows).toHaveCount(1);
  await mara.sees("Jonas Weber put this back into the queue");
  await mara.takesOver();
  await visitor.isJoinedBy(jonas, mara);
});

test("the owner takes a chat from the agent who holds it, and everybody is told", async () => {
  const { mara, jonas, visitor } = await talkingToJonas();

  await mara.does("Take over from Jonas Weber");
  const dialog = mara.page.getByRole("dialog", { name: /^Take .* over$/ });
  await expect(dialog).toContainText("Jonas Weber has this now.");
  await dialog.getByRole("button", { name: "Take over from Jonas Weber" }).click();

  await expect(mara.reply).toBeFocused();
  await mara.sees("You took over from Jonas Weber");
  await jonas.sees("Mara Lindt took over from you");
  await expect(jonas.conversation.getByText("Mara Lindt has this").first()).toBeVisible();
  await expect(jonas.reply).toHaveCount(0);
  await visitor.isJoinedBy(jonas, mara);
  await mara.says("I go on from here.");
  await visitor.sees("I go on from here.");
  // Who may not take a chat from others is not offered to.
  await jonas.page.locator(".other-ways").click();
  await expect(jonas.page.getByRole("menuitem", { name: /^Take over from/ })).toHaveCount(0);
});

test("the doctor says who could get a request and who could not, and why", async () => {
  const [mara, jonas] = await here.desk.staff("mara", "jonas");
  await jonas.accepts.click();
  await expect(jonas.accepts).not.toBeChecked();
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");
  await mara.opens();

  await mara.does("Why did nobody get this?");

  const found = mara.page.getByRole("listitem");
  await expect(mara.page.getByRole("heading", { level: 1 })).toHaveText(/^Who could get .*\?$/);
  await expect(found.filter({ hasText: "Mara Lindt can get this chat" })).toBeVisible();
  await expect(found.filter({ hasText: /^Jonas Weber did not get this chat: / })).toBeVisible();
  await expect(found.filter({ hasText: /^Priya Nair did not get this chat: / })).toBeVisible();
  const jonasChecks = mara.page.getByRole("table", { name: /Jonas Weber$/ });
  await expect(jonasChecks.getByRole("row", { name: /^Accepts chats/ })).toContainText("Failed");
  await expect(jonasChecks.getByRole("row", { name: /^Online/ })).toContainText("Passed");

  // An agent learns about themselves alone.
  await jonas.opens();
  await jonas.does("Why did I not get this?");
  await expect(jonas.page.getByRole("table")).toHaveCount(1);
  await expect(jonas.page.getByRole("table", { name: /Jonas Weber$/ })).toBeVisible();
  await jonas.page.getByRole("link", { name: "Back to the conversation" }).click();
  await jonas.sees("I want to talk to a human");
});
