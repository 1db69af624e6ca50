// Lists as agents arrange them: filters as chips, and views that are kept under a name.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

test("lists: what is left out stands as chips, is counted, and is taken back one by one", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitors = [await desk.visitor(), await desk.visitor()];
  for (const visitor of visitors) await visitor.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(2);
  await mara.rows.first().click();
  const panel = mara.page.getByRole("complementary", { name: "Contact and details" });
  await panel.getByLabel("Add a tag").selectOption("VIP");
  await expect(panel.getByRole("button", { name: "Take off VIP" })).toBeVisible();

  await mara.list.getByRole("button", { name: "Sort and filter" }).click();
  await mara.list.getByLabel(/^Tag/).selectOption("VIP");
  await mara.list.getByLabel("Last words").selectOption("Last 7 days");
  await mara.list.getByLabel(/^Only unread/).check();
  await expect(mara.rows).toHaveCount(1);
  const chips = mara.list.getByRole("group", { name: "Filtered by" });
  await expect(chips.getByRole("status")).toHaveText("1 fits");
  await expect(mara.tab("Pending")).toHaveText(/Pending\s*2/);
  await shoot(mara.page, "filters", ALL);
  // Taken back at its chip, it is taken back in the choices too.
  await chips.getByRole("button", { name: "Take back Tag: VIP" }).click();
  await expect(mara.rows).toHaveCount(2);
  await expect(mara.list.getByLabel(/^Tag/)).toHaveValue("");
  await chips.getByRole("button", { name: "Take back Only unread" }).click();
  await chips.getByRole("button", { name: "Take back Last words: Last 7 days" }).click();
  await expect(chips).toHaveCount(0);
});

test("lists: a view is saved, shared, looked at by a colleague, renamed, moved and deleted", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  const { page } = mara;
  const saved = page.getByRole("dialog", { name: "Saved views" });
  const menu = page.getByRole("menu", { name: "More lists" });
  const opensViews = async () => {
    await mara.moreLists.click();
    await menu.getByRole("menuitem", { name: "Save or change views" }).click();
  };

  await mara.list.getByRole("button", { name: "Sort and filter" }).click();
  await mara.list.getByLabel(/^Tag/).selectOption("VIP");
  await opensViews();
  await expect(saved).toContainText("No saved view yet");
  await saved.getByPlaceholder("Name of the view").fill("Waiting VIPs");
  await saved.getByLabel("Everybody").check();
  await saved.getByRole("button", { name: "Save" }).click();
  await expect(saved.getByRole("listitem")).toHaveCount(1);
  await saved.getByPlaceholder("Name of the view").fill("Mine alone");
  await saved.getByRole("button", { name: "Save" }).click();
  await expect(saved.getByRole("listitem")).toHaveCount(2);
  await shoot(page, "views", ALL);
  await page.keyboard.press("Escape");

  // A colleague has what is shared, and looks at the same list.
  await jonas.moreLists.click();
  const his = jonas.page.getByRole("menu", { name: "More lists" });
  await expect(his.getByRole("menuitem", { name: "Mine alone" })).toHaveCount(0);
  await shoot(jonas.page, "views-menu", DESK_AND_PHONE);
  await his.getByRole("menuitem", { name: "Waiting VIPs" }).click();
  const chips = jonas.list.getByRole("group", { name: "Filtered by" });
  await expect(chips.getByRole("button", { name: "Take back Tag: VIP" })).toBeVisible();
  await expect(jonas.rows).toHaveCount(0);

  // A name that is there already is refused; what is renamed is renamed for all.
  await opensViews();
  await saved.getByPlaceholder("Name of the view").fill("Mine alone");
  await saved.getByRole("button", { name: "Save" }).click();
  await expect(saved.getByRole("alert")).toContainText("This stands there twice");
  const name = saved.getByRole("listitem").first().getByLabel("Name of the view");
  await name.fill("Waiting, important");
  await name.press("Tab");
  await jonas.moreLists.click();
  await expect(his.getByRole("menuitem", { name: "Waiting, important" })).toBeVisible();
  await saved.getByRole("button", { name: "Delete: Waiting, important" }).click();
  await expect(saved.getByRole("listitem")).toHaveCount(1);
  await expect(his.getByRole("menuitem", { name: "Waiting, important" })).toHaveCount(0);
});

test("lists: every state that was taken keeps nobody out", () => {
  expect(obstacles).toEqual({});
});
