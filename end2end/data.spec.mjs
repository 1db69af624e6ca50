// Settings as a file: taken along, changed by hand, looked at and read in.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";
import { readFile } from "node:fs/promises";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("settings: one file goes out, and comes in after a look at what it changes", async ({}) => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/data");
  await expect(page.getByRole("heading", { name: "Settings as a file", level: 1 })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.locator("main").getByRole("link", { name: "Settings as a file" }).click();
  const file = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(file.baton_settings).toBe(1);

  const send = async (content) => {
    const buffer = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    await page.getByLabel("File").setInputFiles({ name: "settings.json", mimeType: "application/json", buffer });
    await page.getByRole("button", { name: "Look at it" }).click();
  };
  await send("{ nonsense");
  await expect(page.getByRole("alert")).toContainText("This file is not read in: 1:3");
  await expect(page.getByRole("alert")).toContainText("Nothing was changed.");
  await shoot(page, "data-wrong", DESK_AND_PHONE);
  await page.getByRole("button", { name: "Put it away" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);

  // Where a file was too large is said once.
  await page.goto("/data?too-large");
  await expect(page.getByRole("alert")).toContainText("4 MB");
  await expect(page).toHaveURL(/\/data$/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Look at it" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);

  file.tags.push({ name: "Winter sale" }, { name: "Returns" });
  file.chatbots.push({ name: "Second shop" });
  file.chatbots[0].settings = {};
  file.roles.push({ name: "Night desk", like: "agent", without: ["write_notes"] });
  file.modules = [...file.modules.filter((one) => one.module !== "embedding"), { module: "embedding", on: true, presets: ["supervisor"] }];
  file.replies.push({ shortcut: "sale", title: "The sale", text: "The sale ends on Sunday." });
  await send(file);
  const read = page.getByRole("status").filter({ hasText: "New" });
  await expect(read).toContainText("Winter sale");
  await expect(read).toContainText("/sale");
  await expect(read.getByRole("listitem").filter({ hasText: "Night desk" })).toContainText("Role");
  await expect(read.getByRole("listitem").filter({ hasText: "Embed" })).toContainText("Module");
  await shoot(page, "data-look", ALL);
  await page.getByRole("button", { name: "Read it in" }).click();
  await expect(page.getByRole("button", { name: "Read it in" })).toHaveCount(0);
  await page.goto("/labels");
  await expect(page.getByRole("textbox", { name: "Name of Winter sale" })).toBeVisible();
  await page.goto("/team");
  await expect(page.getByRole("region", { name: "Roles of your own" })).toContainText("Like Agent, without: Write notes");
  await page.goto("/modules");
  await expect(page.getByRole("listitem").filter({ hasText: "gets onto a site" }).getByLabel("Supervisor")).not.toBeChecked();
  await page.goto("/audit");
  const changes = page.getByRole("list", { name: "Audit log" }).getByRole("listitem");
  await expect(changes.filter({ hasText: "Settings imported" })).toHaveCount(1);
  await shoot(page, "audit-imported", DESK_AND_PHONE);
});
