// Pictures: of the assistant, on a chatbot's page of its look and in the chat; of agents, for the visitors
// who talk with them and for their colleagues.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });
test.afterAll(() => expect(obstacles).toEqual({}));

// What a rule refuses, a browser calls an error.
test.afterEach(() => here.desk.watch.forgive("status of 415"));

const here = deskOfEach(test);

const FILE = readFileSync(join(import.meta.dirname, "../style/install/icon-192.png"));
const PICTURE = { name: "face.png", mimeType: "image/png", buffer: FILE };
const NONE = { name: "face.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") };

const drawn = (image) => expect.poll(() => image.evaluate((one) => one.naturalWidth)).toBe(128);
const ground = (element, pseudo) =>
  element.evaluate((one, pseudo) => getComputedStyle(one, pseudo).backgroundImage, pseudo);

test("widget: the assistant's picture is chosen on the look's page and shown in the chat and on its button", async () => {
  const { desk } = here;
  const owner = await desk.owner();
  const { page } = owner;
  await page.goto("/chatbots");
  await page.getByRole("link", { name: /^Baton/ }).click();
  const group = page.getByRole("group", { name: "Picture", exact: true });
  // The page is alive once it notices a change.
  await expect(async () => {
    await page.getByLabel("Icon of the button").selectOption("Letter");
    await page.getByLabel("Icon of the button").selectOption("The picture");
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await group.locator("input[type=file]").setInputFiles(NONE);
  await expect(group.getByRole("alert")).toBeVisible();
  await group.locator("input[type=file]").setInputFiles(PICTURE);
  await drawn(group.locator(".face img"));
  await expect(group.getByRole("alert")).toHaveCount(0);
  // What is not saved yet of the look stays, and the preview shows both.
  const preview = page.frameLocator("iframe[title=Preview]");
  await expect.poll(() => ground(preview.locator("header .face"), "::after")).toContain("/pictures/");
  await expect.poll(() => ground(preview.locator("button[aria-expanded=false]").last(), "::before")).toContain("/pictures/");
  await shoot(page, "chatbot-picture", DESK_AND_PHONE);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. It holds from now on.")).toBeVisible();

  const visitor = await desk.visitor();
  expect(await ground(visitor.launcher, "::before"), "open, it shows the way to close").toBe("none");
  await visitor.closes();
  await expect.poll(() => ground(visitor.launcher, "::before")).toContain("/pictures/");
  await shoot(visitor.page, "widget-launcher", DESK_AND_PHONE);
  await visitor.opens();
  await expect.poll(() => ground(visitor.chat.locator("header .face"), "::after")).toContain("/pictures/");
  await visitor.says("Do you deliver?");
  await expect.poll(() => ground(visitor.chat.locator(".from > .i").first())).toContain("/pictures/");
  await shoot(visitor.page, "widget-picture", DESK_AND_PHONE);

  await group.getByRole("button", { name: "Remove it" }).click();
  await expect(group.locator("img")).toHaveCount(0);
  await visitor.page.reload();
  await visitor.opens();
  expect(await ground(visitor.chat.locator("header .face"), "::after")).toBe("none");
});

test("widget: whoever talks with a visitor is seen by their picture, there and in the inbox", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  await mara.page.goto("/profile/you");
  await mara.page.locator("input[type=file]").setInputFiles(PICTURE);
  await expect(mara.page.getByText("Your picture is saved.")).toBeVisible();
  await mara.page.goto("/inbox");
  await mara.isConnected();

  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("It ships on Monday.");
  await visitor.sees("It ships on Monday.");
  await drawn(visitor.chat.locator("header .face img"));
  await drawn(visitor.chat.locator(".from .face img"));
  await shoot(visitor.page, "widget-person", DESK_AND_PHONE);
  // Kept over a reload, and where the picture cannot be had the initials are.
  await visitor.page.reload();
  await visitor.opens();
  await drawn(visitor.chat.locator(".from .face img"));
  await jonas.page.reload();
  await drawn(jonas.page.locator(".faces .face img").first());
  await jonas.shows("Active");
  await drawn(jonas.page.locator("main, section").locator(".face.xs img").first());
});
