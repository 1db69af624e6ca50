// One's own page: name and phone, a picture, the password, sign-ins, and signing in by two steps.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

// What a rule refuses, a browser calls an error.
test.afterEach(() => here.desk.watch.forgive("status of 422"));

const here = deskOfEach(test);
const PASSWORD = "pass the baton on";
const OTHER = "two grey herons on a roof";

/** The code of a key at this moment and so many steps later (RFC 6238), as an authenticator app has it. */
function codeOf(key, later = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(" ", "")].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", bytes).update(step).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

test("settings: name, phone and picture of one's own", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.locator(".me").click();
  await page.getByRole("menuitem", { name: "Profile and security" }).click();
  await expect(page.getByRole("heading", { name: "You", level: 1 })).toBeVisible();
  await page.goto("/profile/you");
  await page.getByLabel("Phone").fill("030 901820");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/phone number/i).last()).toBeVisible();
  // Whoever leaves with something refused and not mended is asked; once it is saved nobody is.
  await page.getByRole("link", { name: "Notifications" }).click({ noWaitAfter: true });
  await expect.poll(() => desk.watch.dialogs.length).toBe(1);
  desk.watch.dialogs.length = 0;
  await expect(page.getByLabel("Phone")).toHaveValue("030 901820");
  await page.getByLabel("Phone").fill("+49 (0)30 901820");
  await page.getByLabel("Your name").fill("Mara L. Lindt");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Your colleagues see it at once.")).toBeVisible();
  await expect(page.getByLabel("Phone")).toHaveValue("+4930901820");

  const file = join(import.meta.dirname, "../style/install/icon-192.png");
  await page.locator("input[type=file]").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: readFileSync(file) });
  await expect(page.getByText("Your picture is saved.")).toBeVisible();
  const picture = page.locator(".picture .face img");
  await expect.poll(() => picture.evaluate((one) => one.naturalWidth)).toBe(128);
  await shoot(page, "profile-you", ALL);
  await page.reload();
  await expect.poll(() => picture.evaluate((one) => one.naturalWidth)).toBe(128);
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(picture).toHaveCount(0);
});

test("settings: another password signs the other browsers out", async () => {
  const { desk } = here;
  const [mara, phone] = await desk.staff("mara", "mara");
  const { page } = mara;
  await page.goto("/profile/sign-ins");
  await expect(page.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByText("This browser")).toBeVisible();
  await expect(page.getByText(/since .*, last used/).first()).toBeVisible();
  await shoot(page, "profile-sign-ins", ALL);
  await page.getByRole("link", { name: "Password" }).click();
  await page.getByLabel("Present password").fill("not the one, surely");
  await page.getByLabel("New password").fill(OTHER);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await expect(page.getByLabel("Present password")).toBeFocused();
  await shoot(page, "profile-password", DESK_AND_PHONE);
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Changed. 1 other browser was signed out.")).toBeVisible();
  await expect(phone.page.getByText("You are signed out.").first()).toBeVisible();
  await page.getByRole("link", { name: "Sign-ins" }).click();
  await expect(page.getByRole("listitem")).toHaveCount(1);
});

test("settings: two steps, from the key to the recovery code", async ({ browser }) => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/profile/two-steps");
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: "The key as a QR code" })).toBeVisible();
  await shoot(page, "profile-two-steps", ALL);
  const key = await page.locator(".key pre").innerText();
  await page.getByLabel("Code", { exact: true }).fill(codeOf(key));
  await page.getByRole("button", { name: "Turn it on" }).click();
  const kept = page.locator(".snippet pre");
  const lines = async () => (await kept.innerText()).split("\n");
  await expect.poll(async () => (await lines()).length).toBe(10);
  const codes = await lines();
  await shoot(page, "profile-recovery", DESK_AND_PHONE);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();

  const context = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const other = await context.newPage();
  await other.goto("/sign-in");
  const password = async () => {
    await other.getByLabel("E-mail").fill("mara@demo.example");
    await other.getByLabel("Password").fill(PASSWORD);
    await other.getByRole("button", { name: "Sign in" }).click();
  };
  await password();
  await expect(other.getByLabel("Code")).toBeFocused();
  await shoot(other, "sign-in-code", DESK_AND_PHONE);
  await other.getByLabel("Code").fill("000000");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert")).toContainText("not right");
  // The server takes the code of the next half minute as well: clocks differ.
  await other.getByLabel("Code").fill(codeOf(key, 1));
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByText("Nobody is waiting").first()).toBeVisible();
  await context.clearCookies();
  // With the code as well one comes to what was asked for.
  await other.goto("/profile/sign-ins");
  await expect(other).toHaveURL(/\/sign-in\?to=/);
  await password();
  await other.getByLabel("Code").fill(codes[0]);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("heading", { name: "Sign-ins", level: 1 })).toBeVisible();
  await expect(other).toHaveURL(/\/profile\/sign-ins$/);
  await context.close();

  await page.reload();
  await expect(page.getByText("9 recovery codes are left.")).toBeVisible();
  await page.getByRole("button", { name: "New codes" }).click();
  await expect(page.getByLabel("Present password")).toBeFocused();
  await shoot(page, "profile-new-codes", DESK_AND_PHONE);
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make new codes" }).click();
  await expect(page.getByText("The old codes work no more. Keep the new ones.")).toBeVisible();
  const fresh = await lines();
  expect(fresh).toHaveLength(10);
  expect(fresh.filter((code) => codes.includes(code))).toEqual([]);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
  await page.getByLabel("Present password").fill(PASSWORD);
  await page.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByText("Two steps are off: the password is enough again.")).toBeVisible();
  await page.goto("/profile");
  await shoot(page, "profile", DESK_AND_PHONE);
});

test("settings: mail, sounds and quiet hours are one's own choice, and the inbox obeys", async () => {
  const { desk } = here;
  const [mara, inbox] = await desk.staff("mara", "mara");
  const rung = () => inbox.page.evaluate(() => Number(document.documentElement.dataset.rung ?? 0));
  const first = await desk.visitor();
  await first.says("Can I talk to a person?");
  await expect.poll(rung).toBe(1);

  const { page } = mara;
  await page.goto("/profile/notices");
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();
  await expect(page.getByText("No mail leaves from here")).toBeVisible();
  await page.getByLabel("At some hours I want neither").check();
  for (const day of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) {
    await page.getByLabel(day).uncheck();
  }
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Tick one day at least.")).toBeVisible();
  await page.getByLabel("Saturday").check();
  await page.getByLabel("Time zone").fill("Moon/Tranquility");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Time zone")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Time zone").fill("Asia/Tokyo");
  await page.getByLabel("From").fill("21:30");
  await shoot(page, "profile-notices", ALL);
  await page.getByLabel("When somebody asks for a person").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. It holds at once.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("From")).toHaveValue("21:30");
  await expect(page.getByLabel("Saturday")).toBeChecked();
  await expect(page.getByLabel("Sunday")).not.toBeChecked();
  await expect(page.getByLabel("When somebody asks for a person")).not.toBeChecked();

  // The other browser heard of it: a request is seen and makes no sound.
  const second = await desk.visitor();
  await second.says("Can I talk to a person?");
  await expect(inbox.rows).toHaveCount(2);
  await inbox.page.waitForTimeout(1_500);
  expect(await rung()).toBe(1);
});

test("settings: whoever is signed out comes back to the page that they asked for", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara", "mara");
  const { page } = mara;
  const passes = async () => {
    await page.getByLabel("E-mail").fill("mara@demo.example");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await page.goto("/chatbots");
  await page.getByRole("link", { name: /^Baton/ }).click();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: /^Business hours/ }).click();
  const hours = page.getByRole("heading", { name: "Business hours", level: 1 });
  await expect(hours).toBeVisible();
  const link = page.url();
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await passes();
  await expect(hours).toBeVisible();
  await expect(page).toHaveURL(link);

  // Whose sign-in ends while they look is told so, with the way in and back.
  await page.goto("/profile/sign-ins");
  await expect(page.getByText("This browser")).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("You are signed out.");
  await alert.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await passes();
  await expect(page).toHaveURL(/\/profile\/sign-ins$/);
  desk.watch.forgive("status of 401");

  // Another site is no page of ours.
  await page.context().clearCookies();
  await page.goto("/sign-in?to=%2F%2Fevil.example");
  await passes();
  await expect(page).toHaveURL(/\/inbox$/);

  // A section that there is not is not another one.
  const nowhere = await page.goto("/profile/bogus");
  expect(nowhere.status()).toBe(404);
  await expect(page.getByText("There is nothing here")).toBeVisible();
  await shoot(page, "nothing-here", DESK_AND_PHONE);
  desk.watch.forgive("status of 404");
});
