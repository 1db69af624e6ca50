// The first run: an empty server is set up with the token from its console, and has a door from then on.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";
import { siteWith } from "./support/site.mjs";

test.describe.configure({ mode: "serial" });

const OWNER = { name: "Ada Moreno", email: "ada@shop.example" };
const PASSWORD = "three little words and one";

let server, watch, context, page;

test.beforeAll(async ({ browser }) => {
  server = await Server.empty();
  watch = watchOver(server);
  context = await browser.newContext({ baseURL: server.url });
  await watch.over(context);
  page = await context.newPage();
});

test.afterEach(async ({}, testInfo) => keepLogs(server, watch, testInfo));

test.afterAll(async () => {
  await context?.close();
  await server?.remove();
});

const field = (name) => page.getByLabel(name, { exact: true });

/** A field says what is wrong with it, and its reader hears it. */
async function refuses(name, why) {
  await expect(field(name)).toHaveAttribute("aria-invalid", "true");
  await expect(field(name)).toHaveAccessibleDescription(why);
}

test("every address of an empty server leads to the setup page", async () => {
  for (const address of ["/", "/inbox", "/sign-in", "/embed", "/begin", "/settings"]) {
    await page.goto(address);
    await expect(page).toHaveURL(/\/setup$/);
  }
  await expect(page.getByRole("heading", { name: "Set up your workspace" })).toBeVisible();
});

test("an empty form says at once what each of its fields needs", async () => {
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("alert")).toHaveCount(6);
  await expect(field("Setup token")).toBeFocused();
  for (const name of ["Workspace", "Your name", "Your e-mail", "Chatbot"]) await refuses(name, "This is needed.");
  await refuses("Password", "This is too short, 15 characters at least.");
  await shoot(page, "setup-empty", DESK_AND_PHONE);
});

test("a wrong token and a short password are refused at their fields", async () => {
  await field("Setup token").fill("not-the-token");
  await field("Workspace").fill("Moreno Outdoor");
  await field("Your name").fill(OWNER.name);
  await field("Your e-mail").fill(OWNER.email);
  await field("Chatbot").fill("Shop help");
  // The page checks as soon as its program has loaded.
  await expect(async () => {
    await field("Password").fill("");
    await field("Password").blur();
    await field("Password").fill("short");
    await field("Password").blur();
    await expect(field("Password")).toHaveAttribute("aria-invalid", "true", { timeout: 500 });
  }).toPass();
  await refuses("Password", "This is too short, 15 characters at least.");

  await field("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set up" }).click();
  await refuses("Setup token", "This is not the setup token. It stands in the server's console output.");
  await expect(field("Setup token")).toBeFocused();
  await expect(field("Password")).not.toHaveAttribute("aria-invalid");

  // What the browser lets through the server refuses.
  await field("Setup token").fill(server.setupToken);
  await field("Password").fill("short");
  await page.getByRole("button", { name: "Set up" }).click();
  await refuses("Password", "This is too short, 15 characters at least.");
  await expect(page).toHaveURL(/\/setup$/);
});

test("with the token from the console it is set up, and leads step by step to the first answered chat", async () => {
  const began = Date.now();
  await field("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page).toHaveURL(/\/begin$/);
  await expect(page.getByText("To do", { exact: true })).toHaveCount(4);
  await shoot(page, "begin", DESK_AND_PHONE);

  await page.getByRole("button", { name: "Teach it" }).click();
  await expect(page.getByRole("alert")).toHaveText("This is needed.");
  await expect(page.getByLabel(/^Paste text/)).toBeFocused();
  await page.getByLabel(/^Paste text/).fill(
    "# Delivery\n\nOrders leave our warehouse in Bergen within two working days.\n\n" +
      "# Returns\n\nTents come back to us within sixty days, and the money goes back within five.\n\n" +
      "# Opening hours\n\nOur shop is open from ten to six, and closed on Sundays.\n",
  );
  await page.getByRole("button", { name: "Teach it" }).click();
  await expect(page.getByText("Done", { exact: true })).toHaveCount(1);

  // What is done stays done: whoever goes away goes on where they were.
  await page.goto("/settings");
  await page.getByRole("link", { name: /^Get started/ }).click();
  await expect(page.getByText("Done", { exact: true })).toHaveCount(1);
  const tabs = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open a test chat" }).click();
  const chat = await tabs;
  await chat.getByRole("textbox").fill("When does my order leave the warehouse?");
  await chat.keyboard.press("Enter");
  await expect(chat.getByRole("log")).toContainText("within two working days");

  const inbox = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Open the inbox" }).click();
  const ada = new Agent(await inbox, OWNER);
  await ada.isConnected();
  // Somebody has to be there before anybody asks for them.
  await chat.bringToFront();
  await chat.getByRole("textbox").fill("Can I talk to a person?");
  await chat.keyboard.press("Enter");
  await ada.page.bringToFront();
  await ada.opens();
  await ada.takesOver();
  await ada.says("Hello, it works.", "Hello, it works.");
  await expect(chat.getByRole("log")).toContainText("Hello, it works.");
  await ada.page.close();
  await chat.close();
  await page.getByRole("button", { name: "Look again" }).click();
  await expect(page.getByText("Done", { exact: true })).toHaveCount(3);
  // From the first click on the setup page on, typing included.
  expect(Date.now() - began).toBeLessThan(120_000);

  await expect(page.getByText(`<script src="${server.url}/widget/`)).toBeVisible();
  await page.goto("/embed");
  await expect(page.getByText("Shop help")).toBeVisible();
  expect(obstacles).toEqual({});
});

test("the snippet puts the chat on a page of one's own, and a reload keeps it", async ({ browser }) => {
  const shop = await siteWith(await page.getByText("<script src=").innerText(), "127.0.0.1");
  const visitor = await Visitor.arrive(browser, server, { path: shop.url, chatbot: "Shop help" });

  await visitor.opens();
  await visitor.says("How heavy is the Skarn 2 tent?");
  await visitor.sees("I don't know that");
  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("How heavy is the Skarn 2 tent?");

  await visitor.context.close();
  shop.close();
});

test("on another site, where its frame may store nothing, the chat works for as long as the page", async ({
  browser,
}) => {
  const shop = await siteWith(await page.getByText("<script src=").innerText(), "localhost");
  const visitor = await Visitor.arrive(browser, server, { path: shop.url, chatbot: "Shop help" });

  await visitor.opens();
  await visitor.says("How heavy is the Skarn 2 tent?");
  await visitor.sees("I don't know that");
  expect(await visitor.context.cookies()).toEqual([]);

  await visitor.context.close();
  shop.close();
});

test("the setup page is over, and the token with it", async () => {
  await page.goto("/setup");
  await expect(page).toHaveURL(/\/inbox$/);
});

test("the owner signs out, is refused with a wrong password, and signs in again", async () => {
  const ada = new Agent(page, OWNER);
  await ada.isConnected();
  await expect(ada.list).toContainText("Nobody is waiting");

  await ada.availability.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("heading", { name: "Sign in to Moreno Outdoor" })).toBeVisible();

  for (const email of [OWNER.email, "nobody@shop.example"]) {
    await field("E-mail").fill(email);
    await field("Password").fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toHaveText("E-mail and password do not match.");
    await page.reload();
  }

  await ada.passes(OWNER.email, PASSWORD);
  await ada.isConnected();
});

test("nobody complained, and nothing but the server was asked for anything", () => {
  // Browsers report every refused form; the refusals themselves are looked at above.
  const trouble = watch.trouble.filter((line) => !/status of 422 .*\/pages\/(set_up|sign_in)/.test(line));
  expect(trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});
