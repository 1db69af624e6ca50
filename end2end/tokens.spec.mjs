// Tokens for programs: made on the profile, shown once, used, seen to be used, and taken back; seen by who
// keeps the team, ended with the password, and told to be switched off.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

// What a rule refuses, a browser calls an error.
test.afterEach(() => here.desk.watch.forgive("status of 422"));

const here = deskOfEach(test);
const PASSWORD = "pass the baton on";

test("settings: a token is made, used by a program, and taken back", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/settings");
  await page.getByRole("searchbox").fill("token");
  await page.getByRole("link", { name: /API tokens.*Let programs/ }).click();
  await expect(page.getByRole("heading", { name: "API tokens", level: 1 })).toBeVisible();
  await expect(page.getByText("You have no tokens.")).toBeVisible();
  await shoot(page, "profile-tokens-none", DESK_AND_PHONE);

  await page.getByLabel("What it is for").fill("Nightly report");
  await page.getByLabel("Read conversations, notes too").uncheck();
  await page.getByLabel("Present password").fill(PASSWORD);
  const make = page.getByRole("button", { name: "Create the token" });
  await make.click();
  await expect(page.getByRole("alert")).toHaveText("Tick one at least.");
  await page.getByLabel("Read conversations, notes too").check();
  await page.getByLabel("It holds for").selectOption({ label: "A year" });
  await page.getByLabel("Present password").fill("not the one, surely");
  await make.click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await shoot(page, "profile-tokens-wrong", DESK_AND_PHONE);
  await page.getByLabel("Present password").fill(PASSWORD);
  await make.click();

  const secret = page.locator(".snippet pre");
  await expect(secret).toHaveText(/^baton_[0-9a-f]{64}$/);
  await expect(page.getByText("The token is there. Copy it now.")).toBeVisible();
  const row = page.getByRole("listitem").filter({ hasText: "Nightly report" });
  await expect(row).toContainText("not used yet");
  await shoot(page, "profile-tokens-made", ALL);
  const token = await secret.innerText();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(".snippet button").click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(secret).toHaveCount(0);

  const asks = (path) => fetch(new URL(`/api/v1/${path}`, page.url()), { headers: { authorization: `Bearer ${token}` } });
  const me = await (await asks("me")).json();
  expect(me.scopes).toEqual(["read"]);
  expect((await asks("conversations")).status).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText("last used", { timeout: 500 });
  }).toPass();
  await expect(page.getByText(token)).toHaveCount(0);
  await shoot(page, "profile-tokens", ALL);

  await row.getByRole("button", { name: "Revoke Nightly report" }).click();
  await expect(row.getByRole("button", { name: "Really revoke it?" })).toBeVisible();
  expect((await asks("me")).status).toBe(200);
  await row.getByRole("button", { name: "Really revoke it?" }).click();
  await expect(page.getByText("Revoked. Whatever uses it is refused from now on.")).toBeVisible();
  await expect(row).toHaveCount(0);
  const refused = await asks("me");
  expect(refused.status).toBe(401);
  expect((await refused.json()).code).toBe("token_unknown");
});

test("settings: who keeps the team takes a token back, a new password ends them, and a page says that they are off", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  const made = async (name) => {
    await jonas.page.goto("/profile/tokens");
    await jonas.page.getByLabel("What it is for").fill(name);
    await jonas.page.getByLabel("Present password").fill(PASSWORD);
    await jonas.page.getByRole("button", { name: "Create the token" }).click();
    return jonas.page.locator(".snippet pre").innerText();
  };
  const status = async (token) => {
    const me = new URL("/api/v1/me", jonas.page.url());
    return (await fetch(me, { headers: { authorization: `Bearer ${token}` } })).status;
  };
  const nightly = await made("Nightly report");
  const kept = await made("Ticket import");
  expect([await status(nightly), await status(kept)]).toEqual([200, 200]);

  const { page } = mara;
  const members = page.getByRole("region", { name: "Members" });
  const form = page.getByRole("form", { name: "Change Jonas Weber" });
  const tokens = form.getByRole("list", { name: "API tokens" });
  const row = tokens.getByRole("listitem").filter({ hasText: "Nightly report" });
  // That it was used is written down a moment after it was answered.
  await expect(async () => {
    await page.goto("/team");
    await members.getByRole("button", { name: "Change Jonas Weber" }).click();
    await expect(row).toContainText("last used", { timeout: 1_000 });
  }).toPass();
  await expect(row).toContainText("Read conversations, notes too");
  await expect(page.getByText(nightly)).toHaveCount(0);
  await shoot(page, "team-tokens", ALL);
  await form.getByLabel("Chats at once").fill("7");
  await row.getByRole("button", { name: "Revoke Nightly report" }).click();
  expect(await status(nightly)).toBe(200);
  await row.getByRole("button", { name: "Really revoke it?" }).click();
  await expect(page.getByText("Revoked. Whatever uses it is refused from now on.")).toBeVisible();
  expect([await status(nightly), await status(kept)]).toEqual([401, 200]);
  // The form stays as it was typed, with the tokens that are left.
  await expect(row).toHaveCount(0);
  await expect(tokens.getByRole("listitem").filter({ hasText: "Ticket import" })).toBeVisible();
  await expect(form.getByLabel("Chats at once")).toHaveValue("7");
  await form.getByRole("button", { name: "Cancel" }).click();

  await jonas.page.goto("/profile/password");
  await expect(jonas.page.getByText("and your API tokens end")).toBeVisible();
  await jonas.page.getByLabel("Present password").fill(PASSWORD);
  await jonas.page.getByLabel("New password").fill("a slow boat to the island");
  await jonas.page.getByRole("button", { name: "Change the password" }).click();
  await expect(jonas.page.getByText(/^Changed\./)).toBeVisible();
  expect(await status(kept)).toBe(401);

  await page.goto("/modules");
  await page.getByRole("switch", { name: "API" }).uncheck();
  await expect(page.getByText("Saved. It counts at once")).toBeVisible();
  await jonas.page.goto("/profile/tokens");
  await expect(jonas.page.getByText("API is switched off for this workspace. Mara Lindt can switch it on")).toBeVisible();
  await expect(jonas.page.getByRole("button", { name: "Create the token" })).toHaveCount(0);
  await shoot(jonas.page, "profile-tokens-off", ALL);
});
