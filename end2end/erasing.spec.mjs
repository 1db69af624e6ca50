// Data that is erased for good: by the visitor in the chat, by an admin in the inbox, and the page that
// proves it.
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

const kept = (chat) =>
  chat.locator("body").evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("baton.")));

test("erasing: a visitor deletes all conversations of the browser, and an agent sees them go", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor(PHONE);
  await visitor.says("My number is 4711.");
  const menu = visitor.chat.getByRole("group", { name: "More" });
  const opens = () => visitor.chat.getByRole("button", { name: "More" }).click();
  await opens();
  await menu.getByRole("button", { name: "Start a new conversation" }).click();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("Hello, I am Mara.", "Hello, I am Mara.");
  await visitor.sees("Hello, I am Mara.");

  await opens();
  await menu.getByRole("button", { name: "Delete my data" }).click();
  await expect(menu).toContainText("It cannot be undone");
  await shoot(visitor.page, "widget-erase", DESK_AND_PHONE);
  await menu.getByRole("button", { name: "Delete everything" }).click();
  await expect(visitor.chat.getByRole("status").filter({ hasText: "Everything was deleted" })).toBeVisible();
  await shoot(visitor.page, "widget-erased", DESK_AND_PHONE);
  expect(await kept(visitor.chat)).toEqual([]);
  await expect(mara.page.getByText("This conversation is not here")).toBeVisible();

  // Longer than the hub waits to close: the page behind it begins nothing by itself.
  await visitor.page.waitForTimeout(2_500);
  expect(await kept(visitor.chat)).toEqual([]);
  await visitor.chat.locator(".erased").getByRole("button", { name: "Close" }).click();
  await expect(visitor.page.locator("iframe")).toHaveCount(0);
  const left = await visitor.page.evaluate(() => Object.keys(localStorage).filter((name) => /baton/.test(name)));
  expect(left).toEqual([]);
  expect(obstacles).toEqual({});
});

test("erasing: an admin erases a conversation for good, and the page proves it", async () => {
  const { desk } = here;
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  const owner = await desk.owner();
  await owner.opens();
  await owner.page.locator(".other-ways:visible").click();
  await owner.page.getByRole("menuitem", { name: /^Erase/ }).click();
  const dialog = owner.page.getByRole("dialog");
  await expect(dialog).toContainText("Nobody can undo it");
  await shoot(owner.page, "inbox-erase", DESK_AND_PHONE);
  await dialog.getByRole("button", { name: "Erase this conversation" }).click();
  await expect(owner.page.getByText("This conversation is not here")).toBeVisible();
  await expect(visitor.log.getByRole("listitem")).toHaveCount(0);
  // Whoever was erased begins as somebody new.
  await visitor.says("Good morning.");

  await owner.page.goto("/erasures");
  const proof = owner.page.getByRole("listitem").filter({ hasText: "Nothing is left" });
  await expect(proof).toContainText("1 conversation");
  await shoot(owner.page, "erasures", DESK_AND_PHONE);
  expect(obstacles).toEqual({});
});
