// The composer: saved replies by keys alone, drafts on every device, mentions, marks and emoji.
import { expect, test } from "./support/story.mjs";
import { TEAM } from "./support/people.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

test.afterAll(() => expect(obstacles).toEqual({}));

const offers = (page) => page.getByRole("listbox", { name: "Saved replies" });

/** An agent who holds a visitor's conversation. */
async function holding(desk, member) {
  const [agent] = await desk.staff(member);
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await agent.rows.first().click();
  await agent.takeOver.click();
  await expect(agent.reply).toBeFocused();
  await visitor.isJoinedBy(TEAM[member]);
  return { agent, visitor };
}

/** Writes a reply on its page, by keys alone. */
async function writesReply(page, { title, shortcut, text }) {
  await page.getByRole("button", { name: "New reply" }).press("Enter");
  await expect(page.getByLabel("Title")).toBeFocused();
  await page.keyboard.type(title);
  await page.keyboard.press("Tab");
  await page.keyboard.type(shortcut);
  await page.keyboard.press("Tab");
  await page.keyboard.type(text);
  await page.getByRole("button", { name: "Save" }).press("Enter");
}

test("composer: a saved reply is written, sorted and used by keys alone", async () => {
  const { desk } = here;
  const { agent, visitor } = await holding(desk, "mara");
  const { page } = agent;
  const replies = await agent.context.newPage();
  await replies.goto("/replies");
  await expect(replies.getByText("No saved reply yet.")).toBeVisible();

  await writesReply(replies, { title: "Hello", shortcut: "hi", text: "Hello {{visitor.nmae}}" });
  await expect(replies.getByText("There is no variable called visitor.nmae.")).toBeVisible();
  await replies.getByLabel("Text", { exact: true }).fill("Hello {{visitor.first_name|there}}, this is {{agent.name}}.");
  await replies.getByRole("button", { name: "Save" }).press("Enter");
  const rows = replies.getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await expect(replies.getByRole("button", { name: "New reply" })).toBeFocused();
  await writesReply(replies, { title: "Address", shortcut: "mail", text: "We write to {{visitor.email}}." });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText("/hi");
  await replies.getByRole("button", { name: "Move Address up" }).press("Enter");
  await expect(rows.nth(0)).toContainText("/mail");
  await expect(replies.getByRole("button", { name: "Move Address up" })).toBeFocused();
  await rows.nth(1).locator("button.open").click();
  await shoot(replies, "replies", ALL);
  for (const ends of ["Cancel", "Save"]) {
    await replies.getByRole("button", { name: ends, exact: true }).press("Enter");
    await expect(replies.getByLabel("Title")).toHaveCount(0);
    await expect(rows.nth(1).locator("button.open")).toBeFocused();
    await rows.nth(1).locator("button.open").press("Enter");
  }

  // The inbox knows them without a reload.
  await page.bringToFront();
  await agent.reply.focus();
  await page.keyboard.type("/");
  await expect(offers(page).getByRole("option")).toHaveCount(2);
  await shoot(page, "saved-replies", ALL);
  // On a phone too the list stands above the composer, and not only its head.
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.setViewportSize({ width, height });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(agent.reply).toHaveValue("Hello there, this is Mara Lindt.");
  await page.keyboard.press("Enter");
  await visitor.sees("Hello there, this is Mara Lindt.");

  // What nothing is known for is marked, selected, and does not go out.
  await page.keyboard.type("Sure. /mai");
  await expect(offers(page).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(agent.reply).toHaveValue("Sure. We write to {{visitor.email}}.");
  await expect(page.getByText("Nothing is known for {{visitor.email}}.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await page.keyboard.type("kim@example.org");
  await expect(agent.reply).toHaveValue("Sure. We write to kim@example.org.");
  await page.keyboard.press("Enter");
  await visitor.sees("We write to kim@example.org.");

  // A path is no shortcut, and Escape leaves what was typed.
  await page.keyboard.type("and/or /h");
  await expect(offers(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(offers(page)).toHaveCount(0);
  await expect(agent.reply).toHaveValue("and/or /h");
});

test("composer: a draft follows its agent to a second device, survives a reload and goes with the reply", async () => {
  const { desk } = here;
  const { agent, visitor } = await holding(desk, "mara");
  const second = await agent.context.newPage();
  await second.goto(agent.page.url());
  const there = second.getByRole("textbox", { name: "Reply to" });
  await expect(there).toHaveValue("");

  await agent.page.bringToFront();
  await agent.reply.pressSequentially("Within a week");
  await expect(there).toHaveValue("Within a week");
  await agent.page.getByRole("button", { name: "Note", exact: true }).click();
  await agent.note.pressSequentially("Ask Jonas");
  await shoot(agent.page, "note-mode", ALL);

  // Another list, another device: the row says that there is a draft.
  await second.goto("/inbox");
  await second.getByRole("tab", { name: /^Active/ }).click();
  const row = second.getByRole("tabpanel").getByRole("link");
  await expect(row).toContainText("Draft");
  await shoot(second, "draft-row", DESK_AND_PHONE);
  await row.click();
  await expect(there).toHaveValue("Within a week");
  await second.reload();
  await expect(there).toHaveValue("Within a week");
  await there.press("End");
  await there.pressSequentially(", I think");
  await there.press("Enter");
  await visitor.sees("Within a week, I think");

  await agent.page.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(agent.reply).toHaveValue("");
  await agent.page.getByRole("button", { name: "Note", exact: true }).click();
  await expect(agent.note).toHaveValue("Ask Jonas");
});

test("composer: a colleague who is mentioned in a note is told, and the card is marked until it is seen", async () => {
  const { desk } = here;
  const { agent } = await holding(desk, "mara");
  const [jonas] = await desk.staff("jonas");
  const { page } = agent;
  await page.getByRole("button", { name: "Note", exact: true }).click();
  await agent.note.pressSequentially("Please look, @jo");
  const names = page.getByRole("listbox", { name: "Mention a colleague" });
  await expect(names.getByRole("option")).toHaveText("Jonas Weber");
  await shoot(page, "mention", DESK_AND_PHONE);
  await page.keyboard.press("Enter");
  await expect(agent.note).toHaveValue("Please look, @Jonas Weber ");
  await page.keyboard.press("Enter");
  await expect(agent.log.locator(".mention")).toHaveText("@Jonas Weber");

  await expect(jonas.page.getByText("Mara Lindt mentioned you")).toBeVisible();
  await jonas.page.getByRole("tab", { name: /^Active/ }).click();
  await expect(jonas.rows.first()).toContainText("mentions you");
  await shoot(jonas.page, "mentioned", ALL);
  await jonas.page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(jonas.log.locator(".mention")).toHaveText("@Jonas Weber");
  await expect(jonas.rows.first()).not.toContainText("mentions you");
});

test("composer: marks and emoji by keys, and the browser's own undo", async () => {
  const { desk } = here;
  const { agent, visitor } = await holding(desk, "mara");
  const { page } = agent;
  await page.keyboard.type("very");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+b");
  await expect(agent.reply).toHaveValue("**very**");
  await page.keyboard.press("Control+b");
  await expect(agent.reply).toHaveValue("very");
  await page.keyboard.press("Control+z");
  await expect(agent.reply).toHaveValue("**very**");
  await page.keyboard.press("End");
  await page.keyboard.type(" good ");
  await page.getByRole("button", { name: "Emoji" }).press("Enter");
  await page.keyboard.type("party");
  await expect(page.getByRole("listbox", { name: "Emoji" }).getByRole("option")).toHaveCount(2);
  await shoot(page, "emoji", ALL);
  await page.keyboard.press("Enter");
  await expect(agent.reply).toHaveValue("**very** good 🥳");
  await page.keyboard.press("Control+Shift+8");
  await expect(agent.reply).toHaveValue("- **very** good 🥳");
  await page.keyboard.press("Enter");
  await visitor.sees("very good 🥳");
  await expect(visitor.log.locator("strong", { hasText: "very" })).toBeVisible();
});

test("composer: where the chatbot says so, the agent sees what the visitor types, and the visitor knows", async () => {
  const { desk } = here;
  const mara = await desk.owner((settings) => {
    settings.handoff.typing_preview = true;
  });
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.rows.first().click();
  await mara.takeOver.click();
  await expect(visitor.chat.getByText("Our team sees what you type.")).toBeVisible();
  await visitor.box.pressSequentially("Is Bergen", { delay: 120 });
  await expect(mara.log).toContainText("Is Bergen", { timeout: 15_000 });
  await shoot(mara.page, "preview", DESK_AND_PHONE);
  await visitor.box.fill("");
  await expect(mara.log).not.toContainText("Is Bergen");
});
