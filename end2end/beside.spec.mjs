// Beside a conversation: who the visitor is, the notes, what was before, and blocking.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

const beside = (agent) => agent.page.getByRole("complementary", { name: "Contact and details" });

test("inbox: what a visitor is known by is changed in its place, by keys, for everybody at once", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await jonas.opens();
  const [panel, other] = [beside(mara), beside(jonas)];

  await panel.getByRole("button", { name: "Change: Name" }).click();
  const name = panel.getByRole("textbox", { name: "Name" });
  await expect(name).toBeFocused();
  await name.fill("Elif Kaya");
  await name.press("Enter");
  await expect(panel.getByRole("heading", { name: "Elif Kaya" })).toBeVisible();
  await expect(panel.getByRole("button", { name: "Change: Name" })).toBeFocused();
  await expect(mara.rows).toContainText("Elif Kaya");
  // A colleague sees it without a reload: in the list, the head and the panel.
  await expect(jonas.rows).toContainText("Elif Kaya");
  await expect(jonas.conversation.getByRole("heading", { name: "Elif Kaya" })).toBeVisible();
  await expect(other.getByRole("heading", { name: "Elif Kaya" })).toBeVisible();

  await panel.getByRole("button", { name: "Change: E-mail" }).click();
  const email = panel.getByRole("textbox", { name: "E-mail" });
  await email.fill("elif");
  await email.press("Enter");
  await expect(panel.getByRole("alert")).toContainText("This is not an e-mail address yet");
  await shoot(mara.page, "contact-refused", DESK_AND_PHONE);
  await email.fill("elif@example.org");
  await email.press("Enter");
  await expect(panel.getByRole("link", { name: "elif@example.org" })).toBeVisible();
  await expect(panel).toContainText("unverified");

  await panel.getByRole("button", { name: "Add a detail" }).click();
  await panel.getByRole("textbox", { name: "What it is" }).fill("Last order");
  await panel.getByRole("textbox", { name: "What it says" }).fill("48213");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(other).toContainText("Last order");

  // Two at once: the second is told, sees what is there, and decides.
  await other.getByRole("button", { name: "Change: Company" }).click();
  await panel.getByRole("button", { name: "Change: Company" }).click();
  await panel.getByRole("textbox", { name: "Company" }).fill("Skarn Guides");
  await panel.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByText("Skarn Guides")).toBeVisible();
  await expect(other).toContainText("Meanwhile somebody else wrote: Skarn Guides");
  await other.getByRole("textbox", { name: "Company" }).fill("Skarn Guides Ltd");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("alert")).toContainText("Somebody else changed this meanwhile");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(panel.getByText("Skarn Guides Ltd")).toBeVisible();
  // Esc leaves everything as it was.
  await panel.getByRole("button", { name: "Change: Phone" }).click();
  await expect(panel.getByRole("textbox", { name: "Phone" })).toBeFocused();
  await mara.page.keyboard.press("Escape");
  await expect(panel.getByRole("button", { name: "Change: Phone" })).toBeFocused();
  await shoot(mara.page, "contact", ALL);
  await mara.page.setViewportSize({ width: 390, height: 844 });
  await mara.page.getByRole("button", { name: "Show details" }).click();
  await panel.getByRole("button", { name: "Change: Company" }).scrollIntoViewIfNeeded();
  await shoot(mara.page, "contact-phone", [390]);
});

test("inbox: notes are listed beside the conversation, pinned on top and written anew by their author", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.notes("Buys six tents every spring");
  await mara.notes("Prefers mornings");
  await jonas.shows("Active");
  await jonas.opens();
  const [panel, other] = [beside(mara), beside(jonas)];
  const notes = other.getByRole("article");
  await expect(notes).toHaveText([/Prefers mornings/, /Buys six tents/]);
  // Nobody rewrites what a colleague wrote.
  await expect(other.getByRole("button", { name: "Edit this note" })).toHaveCount(0);
  await other.getByRole("button", { name: "Pin this note" }).nth(1).click();
  await expect(panel.getByRole("article")).toHaveText([/Buys six tents/, /Prefers mornings/]);

  await panel.getByRole("button", { name: "Edit this note" }).first().click();
  const text = panel.getByRole("textbox", { name: "Edit this note" });
  await expect(text).toBeFocused();
  await text.fill("Buys **ten** tents every spring");
  await text.press("Control+Enter");
  await expect(notes.first()).toContainText("Buys ten tents");
  await expect(notes.first()).toContainText("edited");
  await jonas.sees("Buys ten tents every spring");
  await expect(jonas.log).not.toContainText("six tents");
  await shoot(mara.page, "notes-beside", ALL);
  await mara.page.reload();
  await expect(beside(mara).getByRole("article")).toHaveText([/Buys ten tents/, /Prefers mornings/]);
  expect((await visitor.lines()).join("\n")).not.toMatch(/tents|mornings/);
});

test("inbox: a visitor is blocked after a question, writes no more, and is let again by the notice", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.page.getByRole("button", { name: "More actions" }).click();
  await mara.page.getByRole("menuitem", { name: /Block as spam/ }).click();
  const question = mara.page.getByRole("dialog", { name: /^Block / });
  await shoot(mara.page, "block", DESK_AND_PHONE);
  await question.getByRole("button", { name: "Block as spam" }).click();
  await expect(question).toHaveCount(0);
  await mara.sees("was blocked");
  await expect(mara.rows).toHaveCount(0);
  await expect(jonas.rows).toHaveCount(0);
  await expect(beside(mara)).toContainText("Blocked. They can write no more.");
  const toast = mara.page.getByRole("status").filter({ hasText: "is blocked." });
  await expect(toast).toBeVisible();
  await shoot(mara.page, "blocked", ALL);

  await visitor.box.fill("BUY NOW");
  await visitor.box.press("Enter");
  await expect(visitor.panel).toContainText("This conversation was closed for good.");
  await expect(jonas.rows).toHaveCount(0);

  await toast.getByRole("button", { name: "Undo" }).click();
  await mara.sees("can write again");
  await expect(beside(mara)).not.toContainText("Blocked. They can");
  // The palette knows the same.
  await mara.page.keyboard.press("Control+k");
  await mara.page.keyboard.type("Block as spam");
  await expect(mara.page.getByRole("option", { name: /Block as spam/ })).toBeVisible();
  await mara.page.keyboard.press("Enter");
  await expect(question).toBeVisible();
  await mara.page.keyboard.press("Escape");
  await visitor.says("Sorry. Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
});

test("inbox: the panel tells what earlier requests came to and how often somebody was here", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.restore.click();
  await mara.sees("You restored this to AI");
  await visitor.says("Can I talk to a person?");
  const panel = beside(mara);
  await expect(panel.getByRole("group").filter({ hasText: "Earlier" })).toContainText("You, ");
  await expect(panel).toContainText("Lasts");
  await shoot(mara.page, "earlier", DESK_AND_PHONE);
});

test("nothing keeps anybody out", () => {
  expect(obstacles).toEqual({});
});
