// The audit log: what an admin changes stands in it, is looked through by an address, and is taken along.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";
import { readFile } from "node:fs/promises";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("settings: what is changed is written down, found and taken along", async ({}) => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/labels");
  for (const name of ["Bulk order", "=1+1"]) {
    await page.getByRole("textbox", { name: "New tag" }).fill(name);
    await page.getByRole("textbox", { name: "New tag" }).press("Enter");
    await expect(page.getByRole("textbox", { name: `Name of ${name}` })).toBeVisible();
  }
  await page.goto("/team");
  const row = page.getByRole("region", { name: "Members" }).getByRole("row").filter({ hasText: "Jonas" });
  await row.getByRole("button", { name: /^Change Jonas/ }).click();
  const form = page.getByRole("form", { name: /^Change Jonas/ });
  await form.getByLabel("Chats at once").fill("7");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It counts at once")).toBeVisible();

  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page.getByRole("heading", { name: "Audit log", level: 1 })).toBeVisible();
  const changes = page.getByRole("list", { name: "Audit log" }).getByRole("listitem");
  await expect(changes.first()).toContainText("Member changed");
  await expect(changes.first()).toContainText("Jonas");
  await expect(changes.first()).toContainText("Chats at once");
  await expect(changes.first()).toContainText("Mara Lindt");
  // The form of what is looked for is one line of a desk's screen.
  const tops = await page.locator("form.filter :is(select, input, button)").evaluateAll((all) => all.map((one) => one.offsetTop));
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(8);
  await shoot(page, "audit", ALL);

  await page.getByLabel("What").selectOption({ label: "Category or tag changed" });
  await page.getByRole("searchbox", { name: "Name" }).fill("bulk");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/kind=label&.*text=bulk/);
  await expect(changes).toHaveCount(1);
  await expect(page.getByLabel("What")).toHaveValue("label");
  // The address alone shows the same again.
  await page.reload();
  await expect(changes).toHaveCount(1);
  await shoot(page, "audit-found", DESK_AND_PHONE);

  // What was chosen is called as on its page, and days by their names.
  await desk.sets(mara, (settings) => {
    settings.routing.mode = "auto";
    settings.hours.times.open = [{ day: "sunday", from: 1320, to: 360 }];
  });
  await page.goto("/audit?kind=settings");
  await expect(changes.first()).toContainText("is seen by all; the first takes it");
  await expect(changes.first()).toContainText("is assigned at once");
  await expect(changes.first()).toContainText("Sunday 22:00–06:00");

  await page.goto("/audit?kind=label");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "As a table (CSV)" }).click();
  const table = await readFile(await (await download).path(), "utf8");
  expect(table.split("\r\n")[0]).toContain("at,who,who_id,kind");
  expect(table).toContain("'=1+1");
  await page.goto("/audit?kind=erased");
  await expect(page.getByText("Nothing like that")).toBeVisible();
  await shoot(page, "audit-nothing", DESK_AND_PHONE);
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(changes.first()).toContainText("Taken along");
  // What no page asks for is said to be so, with the way back.
  await page.goto(`/audit?kind=everything&before=${"9".repeat(30)}`);
  await expect(page.getByText("The address asks for what is not here")).toBeVisible();
  await expect(changes).toHaveCount(0);
  await shoot(page, "audit-unknown", DESK_AND_PHONE);
  await page.getByRole("link", { name: "Show everything" }).click();
  await expect(changes.first()).toContainText("Taken along");

  const [jonas] = await desk.staff("jonas");
  await jonas.page.goto("/audit");
  await expect(jonas.page.getByRole("alert")).toBeVisible();
  await expect(jonas.page.getByText("Mara Lindt")).toHaveCount(0);
});
