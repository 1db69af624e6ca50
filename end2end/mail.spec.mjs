// Mail: somebody forgets their password, is mailed a link and chooses a new one; what was sent stands
// in the log, and what failed is sent again.
import { expect, test } from "./support/story.mjs";
import { Desk } from "./support/desk.mjs";
import { MailServer } from "./support/mail.mjs";
import { TEAM } from "./support/people.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

let mail, desk;

test.beforeEach(async ({ browser }) => {
  mail = await MailServer.start();
  desk = await Desk.open(browser, (url) => mail.settings(url));
});

test.afterEach(async ({}, testInfo) => {
  await desk.close(testInfo);
  mail.stop();
});

test("settings: a forgotten password, and the log of mails", async ({ browser }) => {
  const { email } = TEAM.jonas;
  const context = await browser.newContext({ baseURL: desk.server.url });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await shoot(page, "sign-in-forgot", DESK_AND_PHONE);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail").fill("jonas");
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription(/not an e-mail address/);
  await shoot(page, "forgot", DESK_AND_PHONE);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByRole("status")).toContainText("If there is an account");
  await shoot(page, "forgot-asked", DESK_AND_PHONE);
  await expect.poll(() => mail.linkTo(email, "reset")).toBeTruthy();

  const link = mail.linkTo(email, "reset");
  await page.goto(link);
  await expect(page.getByText(`For ${email} at`)).toBeVisible();
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Save the new password" }).click();
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/too short/);
  await shoot(page, "reset", DESK_AND_PHONE);
  await page.getByLabel("New password").fill("a lantern on the quay");
  await page.getByRole("button", { name: "Save the new password" }).click();
  await expect(page.getByRole("status")).toContainText("The new password holds");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a lantern on the quay");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Nobody is waiting").first()).toBeVisible();
  await page.goto(link);
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("not valid any more");
  await context.close();

  const [mara] = await desk.staff("mara");
  const { page: admin } = mara;
  mail.refuses = 1;
  await admin.getByRole("link", { name: "Team" }).click();
  const invites = admin.getByRole("region", { name: "Invitations" });
  await admin.getByRole("button", { name: "Invite" }).click();
  await invites.getByLabel("E-mail").fill("noor@demo.example");
  await invites.getByRole("button", { name: "Invite" }).click();
  await expect(invites.getByRole("status")).toContainText("A mail with the link is on its way to noor@demo.example.");
  await shoot(admin, "team-mailed", ALL);
  // The server paints an open invitation, too.
  await admin.reload();
  await expect(admin.getByRole("row").filter({ hasText: "noor@demo.example" })).toContainText("Invited");
  await admin.getByRole("link", { name: "Mail that was sent" }).click();
  await expect(admin.getByRole("heading", { name: "Mail that was sent", level: 1 })).toBeVisible();
  const row = admin.getByRole("listitem").filter({ hasText: "noor@demo.example" });
  await expect(async () => {
    await admin.getByRole("button", { name: "Look again" }).click();
    await expect(row).toContainText("Failed", { timeout: 500 });
  }).toPass();
  await expect(row).toContainText("no such box here");
  await shoot(admin, "deliveries", ALL);
  await row.getByRole("button", { name: "Send again to noor@demo.example" }).click();
  await expect.poll(() => mail.linkTo("noor@demo.example", "join")).toBeTruthy();
  await admin.getByRole("button", { name: "Send a test to mara@demo.example" }).click();
  await expect(admin.getByText("A test is on its way.")).toBeVisible();
  await expect.poll(() => mail.mails.some(({ to }) => to === "mara@demo.example")).toBe(true);
});
