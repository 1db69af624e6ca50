// The menu of the chat's head: a file to keep, a new conversation and the way back to the earlier one.
import { readFile } from "node:fs/promises";
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

/** Opens the menu. */
async function menuOf(visitor) {
  await visitor.chat.getByRole("button", { name: "More" }).click();
  const menu = visitor.chat.getByRole("group", { name: "More" });
  await expect(menu).toBeVisible();
  return menu;
}

test("widget: a visitor keeps the conversation as a file that holds no note", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("It ships **on Monday**.", "It ships on Monday.");
  await visitor.sees("It ships on Monday.");
  await mara.notes("Has called twice.");

  const menu = await menuOf(visitor);
  await shoot(visitor.page, "widget-more", DESK_AND_PHONE);
  const asked = [];
  visitor.page.on("request", (request) => asked.push(request.url()));
  const saved = visitor.page.waitForEvent("download");
  await menu.getByRole("button", { name: "Save this conversation" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^Chat with Baton\.txt$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toMatch(/You\nCan I talk to a person\?\n/);
  expect(text).toMatch(/Mara Lindt\nIt ships on Monday\.\n/);
  expect(text).not.toContain("Has called twice.");
  // The token is in no address.
  const token = await visitor.chat.locator("body").evaluate(() => {
    const name = Object.keys(localStorage).find((name) => name.endsWith(".token"));
    return localStorage[name];
  });
  expect(token.length).toBeGreaterThan(20);
  expect(asked.filter((url) => url.includes(token))).toEqual([]);
  await expect(menu).toHaveCount(0);
  expect(obstacles).toEqual({});
});

test("widget: a new conversation begins on a phone, and the earlier one is gone on with", async () => {
  const { desk } = here;
  const visitor = await desk.visitor(PHONE);
  await visitor.says("Does Baton work without the internet?");
  let menu = await menuOf(visitor);
  await expect(menu.getByRole("button", { name: "Earlier conversations" })).toHaveCount(0);
  await menu.getByRole("button", { name: "Start a new conversation" }).click();
  await expect(visitor.log.getByRole("listitem")).toHaveCount(0);
  await visitor.says("Something else entirely.");
  await expect(visitor.log).not.toContainText("without the internet");

  menu = await menuOf(visitor);
  await menu.getByRole("button", { name: "Earlier conversations" }).click();
  await shoot(visitor.page, "widget-earlier", DESK_AND_PHONE);
  await menu.getByRole("button", { name: /without the internet/ }).click();
  await visitor.sees("Does Baton work without the internet?");
  await expect(visitor.log).not.toContainText("Something else entirely.");
  await visitor.says("Where were we?");
  expect(obstacles).toEqual({});
});

test("widget: the menu is left by its keys, and a sound is one tap away", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  const frame = visitor.chat.locator("html");
  let menu = await menuOf(visitor);
  await visitor.page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(visitor.panel).toBeVisible();
  await expect(visitor.chat.getByRole("button", { name: "More" })).toBeFocused();

  // Off until it is wanted.
  await visitor.closes();
  await mara.says("Still there?");
  await expect(visitor.launcher).toHaveAccessibleName(/1 unread/);
  await expect(frame).not.toHaveAttribute("data-rang");
  await visitor.opens();
  menu = await menuOf(visitor);
  const sound = menu.getByRole("switch", { name: "Sound for new messages" });
  await expect(sound).toHaveAttribute("aria-checked", "false");
  await sound.click();
  await expect(sound).toHaveAttribute("aria-checked", "true");
  // What it sounds like is heard at once.
  await expect(frame).toHaveAttribute("data-rang", "1");
  await visitor.page.keyboard.press("Escape");
  // It is heard to its end before the next.
  const ringing = () => frame.evaluate(async () => (await navigator.locks.query()).held.map(({ name }) => name));
  await expect.poll(ringing).not.toContain("baton.tone");
  await mara.says("It is on its way.");
  await visitor.sees("It is on its way.");
  await expect(frame).toHaveAttribute("data-rang", "1");
  await visitor.closes();
  await mara.says("Have a nice day.");
  await expect(frame).toHaveAttribute("data-rang", "2");
});
