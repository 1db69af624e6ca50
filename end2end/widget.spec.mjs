// The chat on somebody's page: what it says when it cannot work, what it keeps, and how it is left.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { siteWith } from "./support/site.mjs";

const UNAVAILABLE = "This chat is not available. If this is your site, check the id in the embed code.";
const PHONE = { width: 390, height: 844 };

let server, watch;

test.beforeAll(async () => {
  server = await Server.demo();
});

test.beforeEach(() => {
  watch = watchOver(server);
});

test.afterEach(async ({}, testInfo) => {
  await keepLogs(server, watch, testInfo);
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});

test.afterAll(() => server?.remove());

const arrive = (browser, options) => Visitor.arrive(browser, server, { watch, ...options });

test.describe("a chatbot that does not exist", () => {
  for (const id of ["019cadc6-9a80-7000-8000-00000000000c", "YOUR-CHATBOT-ID", ""]) {
    test(`says so, offers nothing and tries no more: "${id}"`, async ({ browser }) => {
      const tag = `<script src="${server.url}/widget/loader.js" data-chatbot="${id}"></script>`;
      const site = await siteWith(tag, "127.0.0.1");
      const visitor = await Visitor.arrive(browser, server, { path: site.url });
      const sockets = [];
      visitor.page.on("websocket", (socket) => sockets.push(socket.url()));

      await visitor.launcher.click();

      await expect(visitor.chat.getByRole("alert")).toHaveText(UNAVAILABLE);
      await expect(visitor.chat.getByRole("status").first()).toHaveText("Not available");
      await expect(visitor.box).toBeHidden();
      await expect(visitor.chat.getByRole("button")).toHaveCount(1);
      // Longer than the waits before the first three tries of a chat that comes back.
      await visitor.page.waitForTimeout(7_500);
      expect(sockets).toHaveLength(1);

      await visitor.page.keyboard.press("Escape");
      await expect(visitor.launcher).toBeFocused();
      await visitor.context.close();
      site.close();
    });
  }
});

test("two chatbots side by side keep a conversation each", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url });
  await watch.over(context);
  const demo = await context.newPage();
  await demo.goto("/demo");
  const real = await demo.locator("script[data-chatbot]").getAttribute("data-chatbot");
  // The demo has one chatbot. The second one's frames reach it under the name of the first.
  const other = real.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
  const [name, alias] = [real, other].map((id) => Buffer.from(id.replaceAll("-", ""), "hex"));
  await context.routeWebSocket(/\/ws\/visitor$/, (socket) => {
    const hub = socket.connectToServer();
    socket.onMessage((frame) => {
      const bytes = Buffer.from(frame);
      const at = bytes.indexOf(alias);
      if (at >= 0) name.copy(bytes, at);
      hub.send(bytes);
    });
  });
  const open = async (id) => {
    const page = await context.newPage();
    await page.goto(`/widget/?chatbot=${id}`);
    return { page, log: page.getByRole("log"), line: page.getByRole("status").first() };
  };
  const writes = async ({ page }, text) => {
    await page.getByRole("textbox", { name: "Your message" }).fill(text);
    await page.keyboard.press("Enter");
  };
  const holds = async ({ log }, [own, foreign]) => {
    for (const text of own) await expect(log.getByText(text)).toHaveCount(1);
    for (const text of foreign) await expect(log.getByText(text)).toHaveCount(0);
    await expect(log.getByText("Sending", { exact: true })).toHaveCount(0);
  };

  let [one, two] = [await open(real), await open(other)];
  for (const chat of [one, two]) await expect(chat.line).toHaveText("You are talking to the assistant");
  await writes(one, "Said to the first.");
  await writes(two, "Said to the second.");
  await holds(one, [["Said to the first."], ["Said to the second."]]);
  await holds(two, [["Said to the second."], ["Said to the first."]]);

  // What waits to be sent belongs to one of them as well.
  await context.setOffline(true);
  for (const chat of [one, two]) await expect(chat.line).toHaveText("Offline. Messages are kept.");
  await writes(one, "Kept for the first.");
  await writes(two, "Kept for the second.");
  const kept = await one.page.evaluate(() => Object.keys(localStorage).sort());
  const of = (id) => kept.filter((key) => key.startsWith(`baton.${id}.`)).map((key) => key.split(".")[2]);
  expect(of(real)).toEqual(["conversation", "draft", "token"]);
  expect(of(other)).toEqual(["conversation", "draft", "token"]);
  expect(kept).toHaveLength(6);
  await one.page.close();
  await two.page.close();
  await context.setOffline(false);

  [one, two] = [await open(real), await open(other)];
  const first = ["Said to the first.", "Kept for the first."];
  const second = ["Said to the second.", "Kept for the second."];
  await holds(one, [first, second]);
  await holds(two, [second, first]);
  await context.close();
  watch.forgive("ERR_INTERNET_DISCONNECTED");
});

/** What in the chat has the focus; none when it is elsewhere. */
async function focused(visitor) {
  const inFrame = await visitor.page.evaluate(
    () => document.activeElement?.shadowRoot?.activeElement?.localName === "iframe",
  );
  if (!inFrame) return null;
  return visitor.chat.locator(":focus").evaluateAll(
    ([stop]) => stop && (stop.getAttribute("aria-label") ?? stop.textContent),
  );
}

async function walks(visitor, key, steps) {
  const stops = [];
  for (let step = 0; step < steps; step += 1) {
    await visitor.page.keyboard.press(key);
    stops.push(await focused(visitor));
  }
  return stops;
}

test("on a phone, Tab goes round in the open chat and Escape gives the page back", async ({ browser }) => {
  const visitor = await arrive(browser, { viewport: PHONE });
  await visitor.opens();
  await visitor.panel.getByRole("button", { name: "Close chat" }).focus();

  const round = await walks(visitor, "Tab", 12);
  const length = round.indexOf("Close chat") + 1;
  expect(length).toBeGreaterThan(3);
  expect(round).toContain("Your message");
  expect(round.slice(length)).toEqual(round.slice(0, 12 - length));
  expect(round.every(Boolean)).toBe(true);

  await visitor.panel.getByRole("button", { name: "Close chat" }).focus();
  const back = await walks(visitor, "Shift+Tab", length);
  expect(back).toEqual([...round.slice(0, length - 1).reverse(), "Close chat"]);

  await visitor.page.keyboard.press("Escape");
  await expect(visitor.panel).toBeHidden();
  await expect(visitor.launcher).toBeFocused();
  await visitor.context.close();
});

test("beside the page, Tab leaves the chat as any other part of the page", async ({ browser }) => {
  const visitor = await arrive(browser, { viewport: { width: 1280, height: 800 } });
  await visitor.opens();

  expect(await walks(visitor, "Tab", 12)).toContain(null);
  await visitor.context.close();
});

test("on a phone, Back closes the chat, and then leaves the page", async ({ browser }) => {
  const visitor = await arrive(browser, { viewport: PHONE });
  const { page } = visitor;
  const first = page.url();
  await page.goto("/demo?second");
  await page.evaluate(() => (window.stays = true));

  await visitor.opens();
  await page.goBack();
  await expect(visitor.panel).toBeHidden();
  await expect(visitor.launcher).toBeFocused();
  expect(page.url()).toContain("?second");
  expect(await page.evaluate(() => window.stays)).toBe(true);

  // Closed in any other way, the chat leaves no step behind.
  await visitor.opens();
  await visitor.closes();
  await visitor.opens();
  await page.keyboard.press("Escape");
  await expect(visitor.panel).toBeHidden();
  expect(await page.evaluate(() => window.stays)).toBe(true);
  await page.goBack();
  await expect(page).toHaveURL(first);
  await visitor.context.close();
});

test("beside the page, Back leaves the page as ever", async ({ browser }) => {
  const visitor = await arrive(browser, { viewport: { width: 1280, height: 800 } });
  const first = visitor.page.url();
  await visitor.page.goto("/demo?second");

  await visitor.opens();
  await visitor.page.goBack();
  await expect(visitor.page).toHaveURL(first);
  await visitor.context.close();
});

test("a bubble's sharp corner is where the bubble stands, whichever way its text runs", async ({ browser }) => {
  const visitor = await arrive(browser);
  await visitor.opens();
  await visitor.says("Hello");
  await visitor.says("مرحبا");
  const corners = () =>
    visitor.log.locator('[data-from="me"] .b').evaluateAll((bubbles) =>
      bubbles.map((bubble) => {
        const { direction, borderTopLeftRadius, borderTopRightRadius } = getComputedStyle(bubble);
        return [direction, borderTopLeftRadius, borderTopRightRadius];
      }),
    );
  expect(await corners()).toEqual([
    ["ltr", "12px", "4px"],
    ["rtl", "12px", "4px"],
  ]);

  await visitor.log.evaluate((log) => (log.ownerDocument.documentElement.dir = "rtl"));

  expect(await corners()).toEqual([
    ["ltr", "4px", "12px"],
    ["rtl", "4px", "12px"],
  ]);
  await visitor.context.close();
});
