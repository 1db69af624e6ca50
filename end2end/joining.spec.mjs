// A colleague joins who holds a chat, a chat is put aside until a time of one's own choice, and two visitors
// are one person.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("inbox: a colleague joins by a key, both answer, and the one who joined leaves again", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("I will ask Jonas.");
  await jonas.shows("Active");
  await jonas.opens();
  await expect(jonas.conversation.getByRole("button", { name: "Join" })).toBeVisible();
  await shoot(jonas.page, "join", ALL);
  await jonas.page.keyboard.press("Shift+J");

  await expect(jonas.page.getByRole("textbox", { name: /reply/i })).toBeFocused();
  await mara.sees("Jonas Weber joined");
  await expect(jonas.conversation).toContainText("You answer beside who holds it.");
  await expect(jonas.conversation).toContainText("Mara Lindt has this");
  await expect(jonas.page.getByRole("complementary", { name: "Contact and details" })).toContainText("Joined");
  await jonas.says("It ships on Monday.");
  await visitor.sees("It ships on Monday.");
  await mara.says("There you have it.");
  await visitor.sees("There you have it.");
  await shoot(jonas.page, "joined", ALL);
  // Whoever holds it ends it.
  await jonas.conversation.getByRole("button", { name: "More actions" }).click();
  const menu = jonas.page.getByRole("menu", { name: "Actions" });
  await expect(menu.getByRole("menuitem", { name: /^Restore/ })).toHaveCount(0);
  await menu.getByRole("menuitem", { name: /^Leave/ }).click();
  await jonas.sees("You left");
  await expect(jonas.conversation.getByRole("button", { name: "Join" })).toBeVisible();
  expect((await visitor.lines()).join("\n")).not.toMatch(/left/);
});

test("inbox: a chat is put aside until a time of one's own choice", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  const { page } = mara;
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await page.getByRole("menuitem", { name: "Choose a time…" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a time…" });
  const field = dialog.getByLabel("Until when");
  await shoot(page, "snooze-until", DESK_AND_PHONE);
  // The past is no time to come back at, and nothing happens.
  await field.evaluate((input) => input.removeAttribute("min"));
  await field.fill("2020-01-01T10:00");
  await dialog.getByRole("button", { name: "Put aside" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Choose a time that is still to come");
  const ahead = new Date(Date.now() + 5 * 24 * 3_600_000);
  ahead.setHours(15, 30, 0, 0);
  const two = (number) => `${number}`.padStart(2, "0");
  const day = `${ahead.getFullYear()}-${two(ahead.getMonth() + 1)}-${two(ahead.getDate())}`;
  await field.fill(`${day}T15:30`);
  await dialog.getByRole("button", { name: "Put aside" }).click();
  await expect(mara.conversation).toContainText(/Put aside until .*15:30/);
  await mara.shows("Snoozed");
  await expect(mara.rows).toContainText(/Until .*15:30/);
});

test("inbox: two visitors with one address are made one person, and two again", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const [first, second] = [await desk.visitor(), await desk.visitor()];
  await first.says("Can I talk to a person?");
  await second.says("Can I talk to a person about tents?");
  const { page } = mara;
  const panel = page.getByRole("complementary", { name: "Contact and details" });
  const types = async (what, text) => {
    await panel.getByRole("button", { name: `Change: ${what}` }).click();
    await panel.getByRole("textbox", { name: what }).fill(text);
    await panel.getByRole("textbox", { name: what }).press("Enter");
    await expect(panel.getByText(text, { exact: true }).first()).toBeVisible();
  };
  await expect(mara.rows).toHaveCount(2);
  await mara.rows.nth(0).click();
  await types("Name", "Elif Kaya");
  await types("E-mail", "elif@example.org");
  await mara.rows.nth(1).click();
  await expect(panel.getByText("Perhaps the same person")).toHaveCount(0);
  await types("E-mail", "Elif@example.org");
  await expect(panel.getByText("Perhaps the same person")).toBeVisible();
  await shoot(page, "alike", ALL);
  await panel.getByRole("button", { name: "Elif Kaya is the same person" }).click();
  await expect(panel.getByRole("heading", { name: "Elif Kaya" })).toBeVisible();
  await expect(mara.rows.filter({ hasText: "Elif Kaya" })).toHaveCount(2);
  await expect(panel.getByText("Perhaps the same person")).toHaveCount(0);
  await expect(panel.getByRole("link", { name: /Can I talk to a person\?/ })).toBeVisible();
  await shoot(page, "merged", DESK_AND_PHONE);
  await panel.getByRole("button", { name: "Not the same person" }).click();
  await expect(panel.getByText("Perhaps the same person")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Not the same person" })).toHaveCount(0);
});
