// The replies that the team owes: set on a page of their own, shown as they run out, sorted and filtered by.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("inbox: targets are set for all chatbots and for one, and inherited again", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.getByRole("link", { name: "All settings" }).click();
  // Found by what others call it, too.
  const search = page.getByRole("searchbox", { name: "Search settings" });
  await search.fill("2fa");
  await expect(page.getByRole("link", { name: /^Two steps/ })).toBeVisible();
  await search.fill("opening hours");
  await expect(page.getByRole("link", { name: /^Business hours/ })).toBeVisible();
  await search.fill("targets");
  await page.getByRole("link", { name: /^Reply targets/ }).click();
  await expect(page.getByRole("heading", { name: "Reply targets" })).toBeVisible();
  const all = page.getByRole("region", { name: "All chatbots" });
  const one = page.locator("main").getByRole("region").nth(1);
  await expect(one).toContainText("As for all chatbots");

  // What cannot be is said before anything is sent.
  await all.getByLabel("First reply within").fill("soon");
  await all.getByRole("button", { name: "Save" }).click();
  await expect(all.getByRole("alert")).toContainText("Type whole minutes");
  await expect(all.getByLabel("First reply within")).toBeFocused();
  await expect(all.getByLabel("First reply within")).toHaveAccessibleDescription(/Type whole minutes/);
  await expect(all.getByLabel("First reply within")).toHaveAttribute("aria-invalid", "true");
  await expect(all.getByLabel("Every other reply within")).not.toHaveAttribute("aria-invalid");
  await all.getByLabel("First reply within").fill("5");
  await all.getByLabel("Every other reply within").fill("10");
  await all.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toContainText("Saved");
  await expect(all).toContainText("Set here");
  await expect(one.getByLabel("First reply within")).toHaveValue("5");

  await one.getByLabel("First reply within").fill("2");
  await one.getByRole("button", { name: "Save" }).click();
  await expect(one).toContainText("Set here");
  await shoot(page, "targets", ALL);
  await page.reload();
  await expect(one.getByLabel("First reply within")).toHaveValue("2");
  await one.getByRole("button", { name: "As for all chatbots" }).click();
  await expect(one.getByLabel("First reply within")).toHaveValue("5");

  // Somebody else was there first: what they saved is one click away.
  await desk.sets(mara, (settings) => {
    settings.targets = { first_reply_minutes: 7, next_reply_minutes: null };
  });
  await one.getByLabel("First reply within").fill("3");
  await one.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("Somebody else changed these settings meanwhile.");
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(one.getByLabel("First reply within")).toHaveValue("7");
  await expect(page.getByRole("alert")).toHaveCount(0);
  desk.watch.forgive("status of 422");
});

test("inbox: a card and the panel tell what is left, what is due soonest comes first", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  await desk.sets(mara, (settings) => {
    settings.targets = { first_reply_minutes: 5, next_reply_minutes: 2 };
  });
  const [first, second] = [await desk.visitor(), await desk.visitor()];
  await first.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(1);
  await second.says("Can I talk to a person?");
  await expect(mara.rows).toHaveCount(2);
  await expect(mara.rows.first()).toContainText(/First reply\s*4:\d\d left/);

  const { page } = mara;
  await mara.rows.first().click();
  const panel = page.getByRole("complementary", { name: "Contact and details" });
  await expect(panel).toContainText(/First reply\s*(First reply)?\s*4:\d\d left/);
  await mara.takesOver();
  await mara.says("Hello, Mara here.");
  await expect(panel).toContainText(/First reply\s*after \d+ s/);
  await first.says("Where is my order?");
  await mara.shows("Active");
  await expect(mara.rows).toContainText(/Next reply\s*1:\d\d left/);
  await expect(panel).toContainText(/Next reply/);
  await shoot(page, "targets-panel", ALL);

  await page.getByRole("button", { name: "Sort and filter" }).click();
  await page.getByRole("button", { name: "Due", exact: true }).click();
  await expect(mara.rows).toHaveCount(1);
  await page.getByRole("switch", { name: "Only overdue" }).check();
  await expect(mara.rows).toHaveCount(0);
  await shoot(page, "targets-filter", ALL);
});
