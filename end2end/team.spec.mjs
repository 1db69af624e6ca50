// The team: somebody is invited, joins by the link, changes roles with the inbox open, and is out at once.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("settings: invite, join, change a role with the inbox open, deactivate", async ({ browser }) => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.getByRole("link", { name: "Team" }).click();
  await expect(page.getByRole("heading", { name: "Team", level: 1 })).toBeVisible();
  const invites = page.getByRole("region", { name: "Invitations" });
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(invites.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(invites.getByLabel("E-mail")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Invite" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(invites.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type("nobody");
  await invites.getByRole("button", { name: "Invite" }).click();
  await expect(invites.getByRole("alert")).toContainText("not an e-mail address");
  // Whatever a rule refuses, the browser's console names too.
  desk.watch.forgive("status of 422");
  await invites.getByLabel("E-mail").fill("noor@demo.example");
  await invites.getByLabel("Role").selectOption({ label: "Account manager" });
  await invites.getByRole("button", { name: "Invite" }).click();
  const link = await invites.locator("pre").innerText();
  expect(link).toMatch(/\/join#[0-9a-f]{64}$/);
  const members = page.getByRole("region", { name: "Members" });
  const invited = members.getByRole("row").filter({ hasText: "noor@demo.example" });
  await expect(invited).toContainText(/Invited by Mara Lindt, link ends in (23|24) h/);
  await expect(page.getByText("3 people, 1 invitation open.")).toBeVisible();
  await expect(page.getByText("No mail server is set, so invitations are links")).toBeVisible();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await invited.getByRole("button", { name: "Copy link" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await shoot(page, "team-invited", ALL);

  const context = await browser.newContext({ baseURL: new URL(link).origin });
  const noor = await context.newPage();
  await noor.goto(link);
  await expect(noor.getByText("Mara Lindt invites you as Account manager.")).toBeVisible();
  await shoot(noor, "join-team", DESK_AND_PHONE);
  await noor.getByLabel("Your name").fill("Noor Haddad");
  await noor.getByLabel("Password").fill("a quiet walk in the rain");
  await noor.getByRole("button", { name: "Join" }).click();
  await expect(noor.getByText("Nobody is waiting").first()).toBeVisible();
  await expect(noor.getByRole("link", { name: "Team" })).toHaveCount(0);

  await page.reload();
  const row = members.getByRole("row").filter({ hasText: "Noor Haddad" });
  const role = row.getByLabel("Role of Noor Haddad");
  await expect(role.locator("option:checked")).toHaveText("Account manager");
  // By the arrow keys one comes past roles that nobody means: nothing is saved before it is said to be.
  await role.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(role.locator("option:checked")).toHaveText("Admin");
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(role.locator("option:checked")).toHaveText("Account manager");
  await role.focus();
  await page.keyboard.press("ArrowDown");
  await shoot(page, "team-role", ALL);
  await row.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Noor Haddad has the role “Supervisor” now.")).toBeVisible();
  // It is no news any more once something else is begun.
  await page.locator(".pagehead").getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("Noor Haddad has the role")).toHaveCount(0);
  await page.getByRole("region", { name: "Invitations" }).getByRole("button", { name: "Cancel" }).click();
  await expect(row.getByRole("button", { name: "Save" })).toHaveCount(0);
  await expect(role.locator("option:checked")).toHaveText("Supervisor");
  // Her inbox has come back by itself, with what a supervisor may.
  await noor.reload();
  await expect(noor.getByRole("link", { name: "Put it on your site" })).toBeVisible();
  const opener = row.getByRole("button", { name: "Change Noor Haddad" });
  const form = page.getByRole("form", { name: "Change Noor Haddad" });
  await opener.click();
  await form.getByLabel("Chats at once").press("Escape");
  await expect(form).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.press("Enter");
  await form.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(form).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.press("Enter");
  await expect(form.getByLabel("Role").locator("option:checked")).toHaveText("Supervisor");
  await form.getByLabel("Role").selectOption({ label: "Agent", exact: true });
  await form.getByLabel("Chats at once").fill("0");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("Chats at once: This has to be 1 to 50.");
  await form.getByLabel("Chats at once").fill("5");
  await shoot(page, "team-change", ALL);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It counts at once")).toBeVisible();
  await expect(role.locator("option:checked")).toHaveText("Agent");
  await expect(opener).toBeFocused();
  // So has what she may no more.
  await noor.reload();
  await expect(noor.getByText("Nobody is waiting").first()).toBeVisible();
  await expect(noor.getByRole("link", { name: "Put it on your site" })).toHaveCount(0);

  await opener.click();
  await form.locator("button", { hasText: "Deactivate" }).click();
  await form.locator("button", { hasText: "Really?" }).click();
  await expect(row).toContainText("Deactivated");
  await expect(noor.getByText("You are signed out.").first()).toBeVisible();
  await noor.goto(link);
  await expect(noor.getByRole("alert")).toContainText("not valid any more");
  await context.close();
});

test("settings: somebody is invited to a role of the workspace's own, and may what it leaves", async ({ browser }) => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/team");
  const roles = page.getByRole("region", { name: "Roles of your own" });
  await roles.getByRole("textbox", { name: "New role" }).fill("Front desk");
  await roles.getByLabel("Like").selectOption({ label: "Admin" });
  await roles.getByRole("button", { name: "Add" }).click();
  const row = roles.getByRole("listitem").filter({ hasText: "Front desk" });
  await row.getByRole("button", { name: "Change Front desk" }).click();
  const role = page.getByRole("form", { name: "Change Front desk" });
  await role.getByLabel("See how to embed").uncheck();
  await role.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Like Admin, without: See how to embed");

  const invites = page.getByRole("region", { name: "Invitations" });
  await page.getByRole("button", { name: "Invite" }).click();
  await invites.getByLabel("E-mail").fill("noor@demo.example");
  await invites.getByLabel("Role").selectOption({ label: "Front desk" });
  await invites.getByRole("button", { name: "Invite" }).click();
  const link = await invites.locator("pre").innerText();
  await expect(page.getByRole("row").filter({ hasText: "noor@demo.example" })).toContainText("Front desk");
  await shoot(page, "team-invited-own-role", DESK_AND_PHONE);

  const context = await browser.newContext({ baseURL: new URL(link).origin });
  const noor = await context.newPage();
  await noor.goto(link);
  await expect(noor.getByText("Mara Lindt invites you as Front desk.")).toBeVisible();
  await noor.getByLabel("Your name").fill("Noor Haddad");
  await noor.getByLabel("Password").fill("a quiet walk in the rain");
  await noor.getByRole("button", { name: "Join" }).click();
  await expect(noor.getByText("Nobody is waiting").first()).toBeVisible();
  await expect(noor.getByRole("link", { name: "Team" })).toBeVisible();
  await expect(noor.getByRole("link", { name: "Put it on your site" })).toHaveCount(0);
  await noor.goto("/team");
  const members = noor.getByRole("region", { name: "Members" });
  await expect(members.getByRole("row").filter({ hasText: "Noor Haddad" })).toContainText("Front desk");
  await context.close();
});

test("settings: two change a member at once, and the second loads what the first left", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const pages = [mara.page, await mara.context.newPage()];
  for (const page of pages) {
    await page.goto("/team");
    await page.getByRole("button", { name: "Change Jonas Weber" }).click();
  }
  const [first, second] = pages.map((page) => page.getByRole("form", { name: "Change Jonas Weber" }));
  await first.getByLabel("Chats at once").fill("9");
  await first.getByRole("button", { name: "Save" }).click();
  await expect(pages[0].getByText("Saved. It counts at once")).toBeVisible();
  await second.getByLabel("Chats at once").fill("4");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(second.getByRole("alert")).toContainText("Somebody else changed this member meanwhile.");
  await shoot(pages[1], "team-overtaken", DESK_AND_PHONE);
  await second.getByRole("button", { name: "Load again" }).click();
  await expect(second.getByLabel("Chats at once")).toHaveValue("9");
  await expect(second.getByLabel("Name")).toBeFocused();
  await second.getByLabel("Chats at once").fill("4");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(pages[1].getByText("Saved. It counts at once")).toBeVisible();
  desk.watch.forgive("status of 422");
});

test("settings: who comes, takes chats and goes is seen without loading the page again", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const { page } = mara;
  const visitor = await desk.visitor();
  await visitor.says("Where is my order?");
  await visitor.wantsPerson.click();
  await page.goto("/team");
  const members = page.getByRole("region", { name: "Members" });
  const row = (name) => members.getByRole("row").filter({ hasText: name });
  // The page asks every fifteen seconds.
  const soon = { timeout: 25_000 };
  await expect(row("Jonas Weber")).toContainText("Online");
  await expect(row("Jonas Weber")).toContainText("0 of ");
  // Nobody is online by looking at this page: she has left the inbox for it.
  await expect(row("Mara Lindt you")).toContainText("Offline", soon);

  await row("Priya Nair").getByRole("button", { name: "Change Priya Nair" }).click();
  const form = page.getByRole("form", { name: "Change Priya Nair" });
  await form.getByLabel("Name").fill("Priyadarshini-Annamalai Venkataraghavan-N");
  await jonas.opens();
  await jonas.takesOver();
  await jonas.availability.click();
  await jonas.page.getByRole("menuitem", { name: /^Away/ }).click();
  await expect(row("Jonas Weber")).toContainText("Away", soon);
  await expect(row("Jonas Weber")).toContainText("1 of ");
  await expect(form.getByLabel("Name")).toHaveValue("Priyadarshini-Annamalai Venkataraghavan-N");
  await jonas.page.close();
  await expect(row("Jonas Weber")).toContainText("Offline", soon);
  await expect(form.getByLabel("Name")).toHaveValue("Priyadarshini-Annamalai Venkataraghavan-N");

  // A long name breaks nothing.
  await form.getByRole("button", { name: "Save" }).click();
  await expect(row("Priyadarshini")).toBeVisible();
  const opener = row("Priyadarshini").getByRole("button", { name: /^Change Priya/ });
  await expect(opener).toBeFocused();
  await opener.click();
  await page.getByLabel("Works at certain times only").check();
  await page.getByRole("form", { name: /^Change Priya/ }).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It counts at once")).toBeVisible();
  await row("Mara Lindt you").getByRole("button", { name: "Change Mara Lindt" }).focus();
  await shoot(page, "team-now", ALL);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("button", { name: "See roles" }).click();
  await expect(page.getByRole("region", { name: "What each role may do" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "What each role may do" })).toBeInViewport();
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByLabel("E-mail")).toBeFocused();
});
