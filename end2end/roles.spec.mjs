// Roles of a workspace's own and modules: what is taken away is gone from open inboxes at once, and a
// page of what is switched off says who can switch it on.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

const saved = (page) => expect(page.getByText("Saved. It counts at once")).toBeVisible();

test("settings: a role of one's own takes away, in open inboxes too", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const { page } = mara;
  await page.goto("/team");
  const roles = page.getByRole("region", { name: "Roles of your own" });
  await roles.getByRole("textbox", { name: "New role" }).fill("Night desk");
  await roles.getByLabel("Like").selectOption({ label: "Supervisor" });
  await roles.getByRole("button", { name: "Add" }).click();
  const row = roles.getByRole("listitem").filter({ hasText: "Night desk" });
  await expect(row).toContainText("Like Supervisor, with nothing taken away");

  const members = page.getByRole("region", { name: "Members" });
  const jonasRow = members.getByRole("row").filter({ hasText: "Jonas Weber" });
  await jonasRow.getByRole("button", { name: "Change Jonas Weber" }).click();
  const member = page.getByRole("form", { name: "Change Jonas Weber" });
  await member.getByLabel("Role").selectOption({ label: "Night desk" });
  await member.getByRole("button", { name: "Save" }).click();
  await saved(page);
  const jonasRole = jonasRow.getByLabel("Role of Jonas Weber").locator("option:checked");
  await expect(jonasRole).toHaveText("Night desk");
  await jonas.page.reload();
  await expect(jonas.page.getByRole("link", { name: "Put it on your site" })).toBeVisible();

  const opener = row.getByRole("button", { name: "Change Night desk" });
  await opener.click();
  const form = page.getByRole("form", { name: "Change Night desk" });
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect(form).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.click();
  await form.getByLabel("See how to embed").uncheck();
  await form.getByLabel("Take chats and answer").uncheck();
  await shoot(page, "team-own-role", ALL);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Like Supervisor, without: Take chats and answer, See how to embed");
  await expect(opener).toBeFocused();
  // It is said where it was done, on a long page.
  await expect(roles.getByRole("status")).toHaveText("Saved. It counts at once, in open inboxes too.");
  const table = page.getByRole("region", { name: "What each role may do" });
  const head = table.getByRole("columnheader", { name: "Night desk" });
  await expect(head).toBeVisible();
  // The head stays in sight while the table is scrolled.
  await page.setViewportSize({ width: 1280, height: 600 });
  await head.evaluate((head) => {
    const wide = head.closest(".wide");
    wide.scrollIntoView({ block: "end" });
    wide.scrollTo(0, wide.scrollHeight);
  });
  await expect(table.getByRole("rowheader").last()).toBeInViewport();
  await expect(head).toBeInViewport();
  await page.setViewportSize({ width: 1280, height: 800 });
  await jonas.page.reload();
  await expect(jonas.page.getByRole("link", { name: "Inbox" })).toBeVisible();
  await expect(jonas.page.getByRole("link", { name: "Put it on your site" })).toHaveCount(0);

  await row.getByRole("button", { name: "Change Night desk" }).click();
  await form.locator("button", { hasText: "Delete" }).click();
  await form.locator("button", { hasText: "Really" }).click();
  await expect(jonasRole).toHaveText("Supervisor");
  await expect(roles.getByRole("textbox", { name: "New role" })).toBeFocused();
});

test("settings: a module is switched off, and its page says who can switch it on", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/settings");
  await page.getByRole("link", { name: "Modules" }).click();
  await expect(page.getByRole("heading", { name: "Modules", level: 1 })).toBeVisible();
  // Whoever works by keys goes on where they are.
  const audit = page.getByRole("switch", { name: "Audit log" });
  await audit.press("Space");
  await saved(page);
  await expect(audit).not.toBeChecked();
  await expect(audit).toBeFocused();
  const box = page.getByRole("listitem").filter({ hasText: "Live chat" }).getByLabel("Support agent");
  const kept = page.waitForResponse((answer) => answer.request().method() === "POST");
  await box.press("Space");
  await kept;
  await expect(box).not.toBeChecked();
  await expect(box).toBeFocused();
  await shoot(page, "modules", ALL);

  // Whatever a rule refuses, the browser's console names too.
  desk.watch.forgive("status of 422");
  await page.goto("/audit");
  const why = page.getByRole("alert");
  await expect(why).toContainText("Audit log is switched off for this workspace. Mara Lindt can switch it on");
  await shoot(page, "module-off", ALL);

  // A chatbot's settings say it where nothing of them happens, and nowhere else.
  await page.goto("/modules");
  await page.getByRole("switch", { name: "Live chat" }).uncheck();
  await saved(page);
  await page.goto("/chatbots/all/live-chat");
  await expect(page.getByText("Live chat is switched off for this workspace. Mara Lindt can switch it on")).toBeVisible();
  await shoot(page, "module-off-section", ALL);
  await page.getByRole("link", { name: "Look", exact: true }).click();
  await expect(page.getByText("is switched off for this workspace")).toHaveCount(0);
  await page.goto("/modules");
  await page.getByRole("switch", { name: "Live chat" }).check();
  await saved(page);
  await page.getByRole("switch", { name: "Audit log" }).check();
  await saved(page);
  await page.goto("/audit");
  await expect(page.getByText("Module switched").last()).toBeVisible();
});
