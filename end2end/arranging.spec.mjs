// The inbox as a place of work: chats put aside, categories and tags, and the assistant at work.
import { expect, test } from "./support/story.mjs";
import { TEAM } from "./support/people.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

test("inbox: a chat is put aside by keys alone, found again, and comes back when the visitor writes", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("I will find out.");
  await visitor.sees("I will find out.");
  const { page } = mara;

  // Out of the composer, where a z is a letter.
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  const menu = page.getByRole("menu", { name: "Put aside" });
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  await shoot(page, "snooze-menu", DESK_AND_PHONE);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Take up again" })).toBeVisible();
  await mara.sees("You put it aside · Until ");
  await expect(mara.conversation).toContainText(/Put aside until /);

  await mara.shows("Snoozed");
  await expect(mara.tab("Snoozed")).toHaveText(/Snoozed\s*1/);
  await expect(mara.rows).toContainText(/Until /);
  await shoot(page, "snoozed", ALL);

  await visitor.says("Any news?");
  await expect(mara.rows).toHaveCount(0);
  await mara.sees("Back, because the visitor wrote");
  await mara.shows("Active");
  await expect(mara.rows).toContainText("Any news?");
  await expect(page.getByRole("button", { name: "Take up again" })).toHaveCount(0);
  // The visitor hears nothing of all this.
  expect((await visitor.lines()).join("\n")).not.toMatch(/aside|Back/);
});

test("inbox: two who look at the same conversation see each other, and who is typing an answer", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  const viewers = (one) => one.conversation.getByRole("status").filter({ hasText: "Also looking" });
  await expect(viewers(mara)).toHaveCount(0);
  await jonas.opens();
  await expect(viewers(mara)).toContainText("Also looking: Jonas Weber");
  await expect(viewers(jonas)).toContainText("Also looking: Mara Lindt");
  await shoot(mara.page, "viewers", ALL);

  // Jonas takes it and types: Mara sees that, and so does the visitor.
  await jonas.takesOver();
  await jonas.page.keyboard.type("One moment");
  await expect(mara.conversation).toContainText("Jonas Weber is typing");
  await expect(visitor.panel).toContainText(/typing/);

  // Whoever goes is gone from the other's screen at once, and a page without a connection counts as gone.
  await mara.page.goto("/inbox");
  await expect(viewers(jonas)).toHaveCount(0);
});

test("inbox: categories and tags are put on beside the conversation, seen by all and filtered by", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const [first, second] = [await desk.visitor(), await desk.visitor()];
  await first.says("Can I talk to a person?");
  await second.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(2);
  await mara.rows.first().click();
  const panel = mara.page.getByRole("complementary", { name: "Contact and details" });
  await panel.getByLabel("Category").selectOption("Billing");
  await mara.sees("Category: Billing");
  await panel.getByLabel("Add a tag").selectOption("refund");
  await mara.sees("Tagged refund");
  await panel.getByLabel("Add a tag").selectOption("VIP");
  await expect(panel.getByRole("button", { name: "Take off VIP" })).toBeVisible();
  await shoot(mara.page, "labelled", ALL);
  await panel.getByRole("button", { name: "Take off refund" }).click();
  await mara.sees("Tag refund taken off");

  // A colleague sees it without a reload, and finds it by it.
  await jonas.list.getByRole("button", { name: "Sort and filter" }).click();
  await jonas.list.getByLabel(/^Tag/).selectOption("VIP");
  await expect(jonas.rows).toHaveCount(1);
  await jonas.list.getByLabel(/^Tag/).selectOption("bug");
  await expect(jonas.rows).toHaveCount(0);
  await jonas.list.getByRole("button", { name: "Show everything" }).click();
  await expect(jonas.rows).toHaveCount(2);
});

test("inbox: who makes labels has them everywhere at once; a name that is there already is refused", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await jonas.opens();

  const page = await mara.context.newPage();
  await page.goto("/labels");
  const tags = page.getByRole("region", { name: "Tags" });
  await expect(tags.getByRole("listitem")).toHaveCount(4);
  await tags.getByLabel("New tag").fill("warranty");
  await tags.getByRole("button", { name: "Add" }).click();
  await expect(tags.getByRole("listitem")).toHaveCount(5);
  await expect(tags.getByLabel("New tag")).toHaveValue("");
  const panel = jonas.page.getByRole("complementary", { name: "Contact and details" });
  await panel.getByLabel("Add a tag").selectOption("warranty");
  await jonas.sees("Tagged warranty");

  await tags.getByLabel("Name of warranty").fill("guarantee");
  await tags.getByLabel("Name of warranty").press("Enter");
  await expect(panel.getByRole("button", { name: "Take off guarantee" })).toBeVisible();

  await expect(tags.getByLabel("Name of guarantee")).toBeVisible();
  // A name that is being typed is unsaved, and whoever leaves is asked.
  const vip = tags.getByLabel("Name of VIP");
  await vip.fill("VIPs");
  await page.evaluate(() => void setTimeout(() => location.reload()));
  await expect.poll(() => desk.watch.dialogs.length).toBe(1);
  desk.watch.dialogs.length = 0;
  await expect(vip).toHaveValue("VIPs");
  await vip.press("Escape");

  await tags.getByLabel("New tag").fill("BUG");
  await tags.getByRole("button", { name: "Add" }).click();
  // It is said at the field, which keeps what was typed.
  const added = tags.getByLabel("New tag");
  await expect(page.getByRole("alert")).toHaveCount(1);
  await expect(added).toHaveAccessibleDescription(/This stands there twice\./);
  await expect(added).toHaveAttribute("aria-invalid", "true");
  await expect(added).toHaveValue("BUG");
  await vip.fill("refund");
  await vip.press("Enter");
  await expect(vip).toHaveAccessibleDescription(/This stands there twice\./);
  await expect(added).not.toHaveAttribute("aria-invalid", "true");
  await vip.press("Escape");
  await expect(vip).toHaveValue("VIP");
  await expect(vip).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert")).toHaveCount(0);
  desk.watch.forgive("status of 422");
  await tags.getByRole("button", { name: "Retire: bug" }).click();
  await expect(tags.getByRole("button", { name: "Offer again: bug" })).toBeFocused();
  await expect(panel.getByLabel("Add a tag").getByRole("option", { name: "bug" })).toHaveCount(0);
  await shoot(page, "labels", ALL);
});

test("inbox: the assistant's conversations are watched live, and somebody steps in", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  await mara.shows("Assistant");
  await expect(mara.list).toContainText("Nobody talks to the assistant");
  const visitor = await desk.visitor();
  await visitor.says("Does Baton work without the internet?");
  await expect(mara.rows).toHaveCount(1);
  await mara.opens();
  await mara.sees("Does Baton work without the internet?");
  await shoot(mara.page, "assistant-list", DESK_AND_PHONE);
  await visitor.says("And on a small server?");
  await mara.sees("And on a small server?");

  await mara.page.getByRole("button", { name: "Step in" }).click();
  await visitor.isJoinedBy(TEAM.mara);
  await expect(mara.rows).toHaveCount(0);
  // Away from the list and back: it is loaded anew.
  await mara.shows("Active");
  await expect(mara.rows).toHaveCount(1);
  await mara.shows("Assistant");
  await expect(mara.rows).toHaveCount(0);
});

test("nothing keeps anybody out", () => {
  expect(obstacles).toEqual({});
});
