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
  await invites.getByLabel("E-mail").fill("nobody");
  await invites.getByRole("button", { name: "Invite" }).click();
  await expect(invites.getByRole("alert")).toContainText("not an e-mail address");
  // Whatever a rule refuses, the browser's console names too.
  desk.watch.forgive("status of 422");
  await invites.getByLabel("E-mail").fill("noor@demo.example");
  await invites.getByLabel("Role").selectOption({ label: "Account manager" });
  await invites.getByRole("button", { name: "Invite" }).click();
  const link = await invites.locator("pre").innerText();
  expect(link).toMatch(/\/join#[0-9a-f]{64}$/);
  await expect(invites.getByRole("listitem")).toContainText("noor@demo.example");
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
  const row = page.getByRole("region", { name: "Members" }).getByRole("listitem").filter({ hasText: "Noor Haddad" });
  await expect(row).toContainText("Account manager");
  await row.getByRole("button", { name: "Change Noor Haddad" }).click();
  const form = page.getByRole("form", { name: "Change Noor Haddad" });
  await form.getByLabel("Role").selectOption({ label: "Supervisor" });
  await form.getByLabel("Chats at once").fill("0");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("alert")).toContainText("Chats at once: This has to be 1 to 50.");
  await form.getByLabel("Chats at once").fill("5");
  await shoot(page, "team-change", ALL);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It counts at once")).toBeVisible();
  await expect(row).toContainText("Supervisor");
  // Her inbox has come back by itself, with what a supervisor may.
  await noor.reload();
  await expect(noor.getByRole("link", { name: "Put it on your site" })).toBeVisible();

  await row.getByRole("button", { name: "Change Noor Haddad" }).click();
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
  await invites.getByLabel("E-mail").fill("noor@demo.example");
  await invites.getByLabel("Role").selectOption({ label: "Front desk" });
  await invites.getByRole("button", { name: "Invite" }).click();
  const link = await invites.locator("pre").innerText();
  await expect(invites.getByRole("listitem")).toContainText("Front desk");
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
  await expect(members.getByRole("listitem").filter({ hasText: "Noor Haddad" })).toContainText("Front desk");
  await context.close();
});
