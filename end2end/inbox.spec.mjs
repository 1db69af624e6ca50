// The inbox under quick hands: the palette, the keys, what rings, and lists that are long or filtered.
import { expect, test } from "./support/story.mjs";
import { PASSWORD, TEAM } from "./support/people.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { CROWDED, crowd } from "./support/crowd.mjs";
import { Server } from "./support/server.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

/** How often something rang in a tab. */
const rung = (page) => page.evaluate(() => Number(document.documentElement.dataset.rung ?? 0));

/** Sees that it is gone, and not only out of sight. */
const isClosed = (page) => expect(page.locator("dialog.palette")).toHaveCount(0);

const palette = (page) => page.getByRole("dialog", { name: "Find or do something" });

test("inbox: the palette finds what can be done and who is there, by keys alone", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  const { page } = mara;

  await mara.rows.focus();
  await page.keyboard.press("Control+k");
  const box = palette(page).getByRole("combobox");
  await expect(box).toBeFocused();
  await shoot(page, "palette", ALL);
  await box.fill("no such thing");
  await expect(palette(page).getByRole("option")).toContainText("Nothing for “no such thing”");
  await shoot(page, "palette-nothing", DESK_AND_PHONE);
  await page.keyboard.press("Escape");
  await isClosed(page);
  await expect(mara.rows).toBeFocused();

  // A conversation by its name.
  await page.keyboard.press("Control+k");
  await box.fill("visitor");
  await expect(palette(page).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(mara.log).toBeVisible();
  await isClosed(page);

  // What can be done with it, with the arrows.
  await page.keyboard.press("Control+k");
  await box.fill("take");
  await page.keyboard.press("Enter");
  await expect(mara.reply).toBeFocused();
  await visitor.isJoinedBy(TEAM.mara);
  await isClosed(page);

  // From within the composer, and with nothing chosen.
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+k");
  await isClosed(page);
  await page.keyboard.press("Control+k");
  await box.fill("be away");
  await page.keyboard.press("Enter");
  await expect(mara.availability).toContainText("Away");
});

test("inbox: the sheet tells every key, and single letters can be switched off", async () => {
  const [mara] = await here.desk.staff("mara");
  const { page } = mara;
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet.getByText("Next conversation")).toBeVisible();
  await shoot(page, "keys", ALL);
  await sheet.getByRole("switch", { name: /Single letters/ }).uncheck();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("2");
  await expect(mara.tab("Pending")).toHaveAttribute("aria-selected", "true");

  // It stays so, and the sheet is the way back.
  await page.reload();
  await mara.isConnected();
  await page.keyboard.press("2");
  await expect(mara.tab("Pending")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("?");
  await sheet.getByRole("switch", { name: /Single letters/ }).check();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("2");
  await expect(mara.tab("Active")).toHaveAttribute("aria-selected", "true");
});

test("inbox: a request rings once, for those who could take it, and in one tab of several", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  await jonas.chooses("Away");
  const second = await mara.context.newPage();
  await second.goto("/inbox");
  await expect(second.getByRole("tab", { name: /^Pending/ })).toBeVisible();
  const icon = () => mara.page.locator("#icon").getAttribute("href");
  expect(await icon()).toContain("icon.svg");

  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  await expect(second.getByRole("tabpanel").getByRole("link")).toHaveCount(1);
  await expect.poll(async () => (await rung(mara.page)) + (await rung(second))).toBe(1);
  expect(await rung(jonas.page)).toBe(0);
  await expect.poll(icon).toContain("icon-waits.svg");
  await expect(mara.page).toHaveTitle(/^\(1\) Inbox/);

  // Neither a reload nor the tab that is left rings for it again.
  await mara.page.reload();
  await expect(mara.rows).toHaveCount(1);
  await mara.page.close();
  await second.bringToFront();
  await second.getByRole("tabpanel").getByRole("link").click();
  await second.getByRole("button", { name: "Take over" }).click();
  await expect(second.getByRole("textbox", { name: "Reply to" })).toBeFocused();
  await expect(second).toHaveTitle(/^Inbox/);
  const before = await rung(second);
  expect(before).toBeLessThanOrEqual(1);

  // Words that she does not look at tick; those before her eyes do not.
  await visitor.says("Thank you for coming.");
  await expect(second.getByRole("log", { name: "Messages" })).toContainText("Thank you");
  expect(await rung(second)).toBe(before);
  await second.goto("/inbox");
  await expect(second.getByRole("tab", { name: /^Active/ })).toBeVisible();
  await visitor.says("Are you there?");
  await expect.poll(() => rung(second)).toBe(1);
});

test("inbox: who wants quiet gets it, and what is chosen stays in this browser", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.getByRole("button", { name: "Preferences" }).click();
  const dialog = page.getByRole("dialog", { name: "Preferences" });
  await dialog.getByLabel("A request sounds like").selectOption("A bell");
  await dialog.getByRole("button", { name: "Test" }).click();
  await dialog.getByRole("switch", { name: "Call the second tab Claimed" }).check();
  await dialog.getByRole("switch", { name: /Ctrl Enter sends/ }).check();
  await shoot(page, "preferences", ALL);
  await page.keyboard.press("Escape");
  await expect(mara.tab("Claimed")).toBeVisible();

  // Quiet hours are kept with the agent: all day long, on every day.
  await page.goto("/profile/notices");
  await page.getByLabel("At some hours I want neither").check();
  await page.getByLabel("From").fill("00:00");
  await page.getByLabel("Until").fill("00:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It holds at once.")).toBeVisible();

  await page.goto("/inbox");
  await expect(mara.tab("Claimed")).toBeVisible();
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  expect(await rung(page)).toBe(0);

  await mara.opens();
  await mara.takesOver();
  await mara.reply.fill("First line");
  await mara.reply.press("Enter");
  await mara.reply.pressSequentially("Second line");
  await expect(mara.reply).toHaveValue("First line\nSecond line");
  await mara.reply.press("Control+Enter");
  await expect(mara.reply).toHaveValue("");
  await visitor.sees("Second line");
});

test("inbox: a list is sorted and filtered by what its cards carry", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const [first, second] = [await desk.visitor(), await desk.visitor()];
  await first.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  await second.says("I want to talk to a person");
  await expect(mara.rows).toHaveCount(2);
  // The assistant says once that it was passed on.
  for (const visitor of [first, second]) {
    await visitor.says("Hello");
    await visitor.sees("passed that on");
  }
  await first.says("It is about my tent");
  await expect(mara.rows.first()).toContainText("tent");

  const { page } = mara;
  await page.keyboard.press("f");
  const filters = page.getByRole("group", { name: "Sort and filter" });
  await filters.getByRole("button", { name: "Newest" }).click();
  await expect(mara.list.getByText("Newest first")).toBeVisible();
  await expect(mara.rows.first()).toContainText("tent");
  await second.says("And I about a stove");
  await expect(mara.rows.first()).toContainText("stove");
  await filters.getByRole("button", { name: "By wait" }).click();
  await expect(mara.rows.first()).toContainText("tent");
  await shoot(page, "filters", ALL);

  await jonas.rows.first().click();
  await jonas.takesOver();
  await mara.shows("Active");
  await expect(mara.rows).toHaveCount(1);
  await filters.getByLabel("Agent").selectOption("You");
  await expect(mara.list.getByText("Nothing fits")).toBeVisible();
  await shoot(page, "nothing-fits", DESK_AND_PHONE);
  await filters.getByLabel("Agent").selectOption(TEAM.jonas.name);
  await expect(mara.rows).toHaveCount(1);
  await filters.getByRole("button", { name: "Show everything" }).click();
  await page.keyboard.press("m");
  await expect(mara.list.getByText("Nobody is in a conversation")).toBeVisible();
  expect(obstacles).toEqual({});
});

test("inbox: a long list holds in the page what is on screen, and the keys reach its end", async ({ browser }) => {
  const server = await Server.demo(CROWDED);
  const count = 300;
  await crowd(browser, server, count);
  const page = await browser.newPage({ baseURL: server.url });
  await page.goto("/inbox");
  await page.getByLabel("E-mail").fill(TEAM.mara.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("tab", { name: `Pending ${count}` })).toBeVisible();
  const rows = page.getByRole("tabpanel").getByRole("link");
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThan(40);

  // Scrolling brings page after page. A page that comes grows the list below what is on screen: the end is
  // reached when the last row stands there.
  const area = page.getByRole("tabpanel");
  const last = page.locator(`li.line-row[aria-posinset="${count}"]`);
  await expect(async () => {
    await area.evaluate((area) => area.scrollTo(0, area.scrollHeight));
    await expect(last).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(last).toHaveAttribute("aria-setsize", String(count));
  expect(await rows.count()).toBeLessThan(40);

  // From the first on by keys: each is on screen when it has the focus. The list is made anew for where it was
  // scrolled to: what is the first of it before then leads back to the end.
  await area.evaluate((area) => area.scrollTo(0, 0));
  await page.locator('li.line-row[aria-posinset="1"] a').focus();
  for (let n = 1; n <= 60; n += 1) {
    await page.keyboard.press("j");
    await expect(page.locator(`li.line-row[aria-posinset="${n + 1}"] a`)).toBeFocused();
  }
  await expect(page.locator('li.line-row[aria-posinset="61"] a')).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("k");
  await expect(page.locator('li.line-row[aria-posinset="60"] a')).toBeFocused();
  await page.close();
  expect(server.panics).toEqual([]);
  await server.remove();
});
