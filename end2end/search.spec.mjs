// Searching all that was said: found while typing, marked, and opened where it stands.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

const LABEL = "Search messages, notes and contacts";
const search = (page) => page.getByRole("dialog", { name: LABEL });
const found = (page) => search(page).getByRole("option");

test("search: words are found as they are typed, marked, and lead to their line", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await visitor.says("The pole of my Skarn 2 snapped");
  await mara.sees("snapped");
  // So much that what is looked for is far above.
  for (let line = 1; line <= 30; line += 1) await mara.writes(`Line ${line} of a long answer`);
  await mara.sees("Line 30 of a long answer");
  await mara.notes("Ordered twenty pole kits");
  const { page } = mara;

  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  const box = search(page).getByRole("combobox");
  await expect(box).toBeFocused();
  await expect(found(page)).toContainText(LABEL);
  await box.fill("pol");
  await expect(found(page)).toHaveCount(2);
  await expect(search(page).locator("mark").first()).toHaveText("pol");
  await shoot(page, "search", ALL);

  await box.fill("skarn snap");
  await expect(found(page)).toHaveCount(1);
  await expect(found(page)).toContainText("Skarn 2 snapped");
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog.palette")).toHaveCount(0);
  const line = mara.log.locator("[data-found]");
  await expect(line).toContainText("The pole of my Skarn 2 snapped");
  await expect(line).toBeInViewport();
  await shoot(page, "search-opened", DESK_AND_PHONE);
});

test("search: what the assistant said is unfolded; that there is nothing or no connection is said", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Hello, I have a walrus");
  await visitor.says("It is a large walrus");
  await visitor.says("And hungry");
  await visitor.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  const { page } = mara;

  await mara.list.getByRole("button", { name: LABEL }).click();
  const box = search(page).getByRole("combobox");
  await box.fill("have walrus");
  await expect(found(page)).toContainText("Hello, I have a walrus");
  await page.keyboard.press("Enter");
  await expect(mara.log.locator("[data-found]")).toBeInViewport();
  await expect(mara.log.locator("[data-found]")).toContainText("I have a walrus");

  await page.keyboard.press("/");
  await box.fill("no such animal");
  await expect(found(page)).toContainText("Nothing for “no such animal”");
  await shoot(page, "search-nothing", DESK_AND_PHONE);

  await desk.server.stop();
  await expect(mara.banner).toBeVisible();
  await box.fill("another animal");
  await expect(search(page).getByRole("status")).toContainText("There is no connection");
  await desk.server.start();
  await expect(mara.banner).toHaveCount(0);
  desk.watch.forgive("WebSocket connection to");
});

test("search: every state that was taken keeps nobody out", () => {
  expect(obstacles).toEqual({});
});
