// What a page can do with the chat by `window.Baton`, what it is told, and what it cannot do.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";
import { siteWith } from "./support/site.mjs";

test.describe.configure({ mode: "serial" });

let server, watch, chatbot, mara, secret;

test.beforeAll(async ({ browser, request }) => {
  server = await Server.demo({ BATON__LIMITS__VISITS_PER_MINUTE: "1000" });
  watch = watchOver(server);
  const page = await (await request.get(`${server.url}/demo`)).text();
  [, chatbot] = /data-chatbot="([0-9a-f-]{36})"/.exec(page);
  mara = await Agent.signIn(browser, server, TEAM.mara, { watch });
});

test.afterEach(async ({}, testInfo) => {
  await keepLogs(server, watch, testInfo);
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});

test.afterAll(() => server?.remove());

/** What a careful site allows: its own things, and of the chat what the guide says. */
const strict = () => ({
  "content-security-policy": `default-src 'none'; script-src ${server.url}; frame-src ${server.url}; base-uri 'none'`,
});

const tag = (more = "") =>
  `<script src="${server.url}/widget/loader.js" data-chatbot="${chatbot}" ${more} async></script>`;

/** Somebody on another site with a strict policy. */
async function arrives(browser, { more, body = "", host = "localhost", ...options } = {}) {
  const site = await siteWith(tag(more) + body, host, strict());
  const complaints = [];
  const context = await browser.newContext(options);
  context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  context.on("weberror", (error) => complaints.push(`${error.error()}`));
  const page = await context.newPage();
  await page.goto(site.url);
  const leaves = async () => {
    await context.close();
    site.close();
    expect(complaints).toEqual([]);
  };
  return { visitor: new Visitor(page), page, leaves };
}

/** Calls as a page's own script does. */
const calls = (page, name, ...args) => page.evaluate(([name, args]) => void window.Baton[name](...args), [name, args]);

/** Writes down what the page is told. */
const listens = (page) =>
  page.evaluate(() => {
    window.told = [];
    for (const name of ["ready", "open", "close", "message", "unread", "handoff", "identified"]) {
      window.Baton.on(name, (detail) => window.told.push([name, detail && Object.values(detail)[0]]));
    }
  });
const told = (page) => page.evaluate(() => window.told);

test("the owner makes a secret beside the snippet, and nobody below an admin sees it", async ({ browser }) => {
  await mara.page.goto("/embed");
  await expect(mara.page.getByText(`${server.url}/c/${chatbot}`)).toBeVisible();
  await mara.page.getByRole("button", { name: "Show the secret" }).click();
  await mara.page.getByRole("button", { name: "Make a secret" }).click();
  const shown = mara.page.locator(".snippet", { hasText: "Identity secret" }).locator("pre");
  await expect(shown).toHaveText(/^[0-9a-f]{64}$/);
  const first = await shown.innerText();
  await mara.page.getByRole("button", { name: "Renew the secret" }).click();
  await mara.page.getByRole("button", { name: "Renew it now" }).click();
  await expect(shown).not.toHaveText(first);
  secret = await shown.innerText();
  expect(server.log).not.toContain(secret);
  await shoot(mara.page, "embed-secret", DESK_AND_PHONE);
  await mara.page.goto("/inbox");
  await mara.isConnected();

  const jonas = await Agent.signIn(browser, server, TEAM.jonas, { watch });
  await jonas.page.goto("/embed");
  await expect(jonas.page.getByRole("button", { name: "Show the secret" })).toHaveCount(0);
  const asked = await jonas.page.evaluate(async (chatbot) => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const body = JSON.stringify({ chatbot });
    return (await fetch("/pages/load_identity_secret", { method: "POST", headers, body })).text();
  }, chatbot);
  expect(asked).toContain("not_allowed");
  watch.forgive("status of 4", "status of 5");
  await jonas.context.close();
});

test("on another site with a strict policy, a page opens, speaks, listens and closes", async ({ browser }) => {
  const { visitor, page, leaves } = await arrives(browser);
  // Before anything is loaded, calls are kept in their order.
  await listens(page);
  await calls(page, "send", "Do you have a guide?");
  await calls(page, "open");
  await visitor.isConnected();
  await visitor.sees("Do you have a guide?");
  await expect.poll(() => told(page)).toContainEqual(["message", "assistant"]);
  const names = (await told(page)).map(([name]) => name);
  for (const name of ["open", "ready"]) expect(names.filter((one) => one === name)).toEqual([name]);
  expect(await told(page)).toContainEqual(["handoff", "assistant"]);

  await calls(page, "handoff");
  await expect.poll(() => told(page)).toContainEqual(["handoff", "waiting"]);
  await mara.shows("Pending");
  await mara.opens();
  await mara.takesOver();
  await expect.poll(() => told(page)).toContainEqual(["handoff", "person"]);
  await calls(page, "close");
  await expect(visitor.panel).toBeHidden();
  await mara.says("Here it is.");
  await expect.poll(() => told(page)).toContainEqual(["unread", 1]);
  expect(await told(page)).toContainEqual(["message", "agent"]);
  await expect(visitor.launcher).toHaveAccessibleName("Open chat, 1 unread message");

  await calls(page, "hide");
  await expect(visitor.launcher).toBeHidden();
  await calls(page, "show");
  await expect(visitor.launcher).toBeVisible();
  await mara.restore.click();
  await leaves();
});

test("it is light or dark as the page wants, whatever the system", async ({ browser }) => {
  const { visitor, page, leaves } = await arrives(browser, { more: 'data-theme="dark"', colorScheme: "light" });
  const ground = () => visitor.chat.locator("html").evaluate((html) => getComputedStyle(html).backgroundColor);
  await visitor.opens();
  expect(await ground()).toBe("rgb(21, 26, 28)");
  await calls(page, "setTheme", "light");
  await expect.poll(ground).toBe("rgb(255, 255, 255)");
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await ground()).toBe("rgb(255, 255, 255)");
  await calls(page, "setTheme", "auto");
  await expect.poll(ground).toBe("rgb(21, 26, 28)");
  await leaves();
});

test("who the visitor is, is verified when the site signed it and else not", async ({ browser }) => {
  const details = { id: "u-7", name: "Mira Berg", email: "mira@example.org" };
  const lines = (email) => ["u-7", "Mira Berg", email, "", ""].join("\n");
  const hash = createHmac("sha256", secret).update(lines(details.email)).digest("hex");
  for (const [email, verified] of [
    [details.email, true],
    ["boss@example.org", false],
  ]) {
    const { visitor, page, leaves } = await arrives(browser);
    await listens(page);
    await calls(page, "identify", { ...details, email, hash });
    await calls(page, "setAttributes", { plan: "gold", seats: 5 });
    // Nothing is loaded or connected for it before the chat is opened.
    await expect.poll(() => page.evaluate(() => typeof window.Baton.shutdown)).toBe("function");
    expect(page.frames()).toHaveLength(1);
    await visitor.opens();
    await expect.poll(() => told(page)).toContainEqual(["identified", verified]);
    await visitor.wantsPerson.click();
    await mara.shows("Pending");
    await mara.rows.filter({ hasText: "Mira Berg" }).click();
    const panel = mara.page.getByRole("complementary", { name: "Contact and details" });
    await expect(panel).toContainText(email);
    await expect(panel).toContainText("gold");
    const proof = panel.locator("dd", { hasText: email }).locator(".proof");
    await expect(proof).toHaveText(verified ? "Verified" : "Unverified", { ignoreCase: true });
    await mara.takesOver();
    await mara.restore.click();

    // Who signs out of the site leaves nothing behind.
    await calls(page, "reset");
    await calls(page, "open");
    await visitor.isConnected();
    await expect(visitor.log.getByRole("listitem")).toHaveCount(0);
    await leaves();
  }
});

test("whoever signs in after somebody else in the same browser begins anew", async ({ browser }) => {
  const signed = (id, name) => {
    const hash = createHmac("sha256", secret).update([id, name, "", "", ""].join("\n")).digest("hex");
    return { id, name, hash };
  };
  const { visitor, page, leaves } = await arrives(browser);
  await listens(page);
  await calls(page, "identify", signed("u-8", "Mira Berg"));
  await visitor.opens();
  await expect.poll(() => told(page)).toContainEqual(["identified", true]);
  await visitor.says("My customer number is 4711.");
  await expect(visitor.log).toContainText("4711");
  await page.evaluate(() => (window.told = []));
  await calls(page, "identify", signed("u-9", "Nils"));
  await expect(visitor.log.getByText("4711")).toHaveCount(0);
  await expect.poll(() => told(page)).toContainEqual(["identified", true]);
  await visitor.isConnected();
  await expect(visitor.log.getByRole("listitem")).toHaveCount(0);
  // Asked before the chat is there, a reset goes before what was asked after it.
  await calls(page, "reset");
  await calls(page, "send", "Where is my order?");
  await calls(page, "open");
  await expect(visitor.log).toContainText("Where is my order?");
  await leaves();
});

test("who is forgotten while the page is being left is forgotten by the next", async ({ browser }) => {
  const { visitor, page, leaves } = await arrives(browser);
  await visitor.opens();
  await visitor.says("My customer number is 4711.");
  await page.reload();
  // By the loader alone, and then with the chat there.
  for (const there of [false, true]) {
    if (there) await visitor.says("My customer number is 4712.");
    const left = page.waitForEvent("load");
    await page.evaluate(() => {
      window.Baton.reset();
      location.reload();
    });
    await left;
    await visitor.opens();
    await expect(visitor.log.getByRole("listitem")).toHaveCount(0);
    const note = () => page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith("baton:")));
    await expect.poll(note).toEqual([[expect.any(String), "1"]]);
  }
  await leaves();
});

test("a page of its own, and a place in somebody's page", async ({ browser }) => {
  const alone = await Visitor.arrive(browser, server, { watch, path: `/c/${chatbot}` });
  await expect(alone.page).toHaveTitle("Baton");
  const log = alone.page.getByRole("log");
  await expect(alone.page.getByRole("status").first()).toHaveText("You are talking to the assistant");
  await expect(alone.page.getByRole("button", { name: "Close chat" })).toHaveCount(0);
  await alone.page.getByRole("textbox", { name: "Your message" }).fill("By a link.");
  await alone.page.keyboard.press("Enter");
  await expect(log).toContainText("By a link.");
  await shoot(alone.page, "widget-alone", DESK_AND_PHONE);
  await alone.page.goto("/c/nobody");
  await expect(alone.page.getByRole("alert")).toContainText("This chat is not available.");
  watch.forgive("status of 404");
  await alone.context.close();

  const body = '<div id="here" style="height: 500px"></div>';
  const site = await siteWith(`${body}${tag('data-container="#here"')}`, "localhost");
  const page = await browser.newPage();
  await page.goto(site.url);
  const visitor = new Visitor(page);
  await visitor.isConnected();
  await expect(visitor.launcher).toBeHidden();
  await expect(visitor.chat.getByRole("button", { name: "Close chat" })).toBeHidden();
  await visitor.says("In your page.");
  const box = await page.locator("iframe").boundingBox();
  expect(box.height).toBe(500);
  await page.close();
  site.close();
});

test("in a page without an origin it opens a window of its own", async ({ browser }) => {
  const inner = await siteWith(tag(), "127.0.0.1");
  const outer = await siteWith(
    `<iframe src="${inner.url}" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" width="600" height="500"></iframe>`,
    "127.0.0.1",
  );
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(outer.url);
  const popup = page.waitForEvent("popup");
  await page.frameLocator("iframe").getByRole("button", { name: "Open chat" }).click();
  const chat = await popup;
  await expect(chat.getByRole("status").first()).toHaveText("You are talking to the assistant");
  expect(new URL(chat.url()).pathname).toBe(`/c/${chatbot}`);
  await context.close();
  inner.close();
  outer.close();
});

test("ten thousand hostile messages from the page and beside it have no effect", async ({ browser }) => {
  const evil = await siteWith("<h1>beside</h1>", "localhost");
  const site = await siteWith(tag() + `<iframe id="beside" src="${evil.url}"></iframe>`, "127.0.0.1");
  const page = await browser.newPage();
  await page.goto(site.url);
  const visitor = new Visitor(page);
  await visitor.opens();
  await visitor.says("Mine.");
  await visitor.sees("I don't know that");
  const before = await visitor.lines();
  const kept = () => visitor.chat.locator("html").evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));
  const storage = await kept();

  const flood = (beside) => {
    const shapes = [
      null,
      5,
      "show",
      [],
      { baton: 1 },
      { baton: {} },
      { baton: "ready", words: ["x", "y", "z"] },
      { baton: "unread", count: 99, words: "Stolen" },
      { baton: "close" },
      { baton: "handoff", state: "person" },
      { baton: "identified", verified: true },
      { baton: "constructor" },
      { baton: "__proto__", url: "javascript:1" },
      { baton: "file", url: "x" },
      { baton: "answer", url: "0", title: "\0\0" },
      { baton: "token" },
      { toString: 1, baton: "x".repeat(1_000) },
    ];
    // A frame beside it sees its siblings by their numbers; the page has the chat's frame in its hands.
    const around = beside ? parent : window;
    const targets = [around, ...Array.from({ length: around.length }, (_, at) => around[at])];
    if (!beside) {
      const place = [...document.body.children].find(({ shadowRoot }) => shadowRoot);
      targets.push(place.shadowRoot.querySelector("iframe").contentWindow);
    }
    for (let n = 0; n < 5_000; n += 1) {
      const shape = shapes[n % shapes.length];
      // Asking for a person is nothing that a page may not do.
      const harmless = !beside && shape?.baton === "handoff";
      for (const target of harmless ? [] : targets) target.postMessage(shape, "*");
    }
  };
  // From a sibling everything is foreign, whatever it says.
  await page.frames().find((frame) => frame.url() === evil.url).evaluate(flood, true);
  const commands = ["page", "send", "show", "hide", "handoff", "theme", "identify", "reset"];
  await page
    .frames()
    .find((frame) => frame.url() === evil.url)
    .evaluate((commands) => {
      for (const baton of commands) {
        for (let at = 0; at < parent.length; at += 1) parent[at].postMessage({ baton, text: "Stolen" }, "*");
      }
    }, commands);
  // From the page itself what is no message of the chat is nothing.
  await page.evaluate(flood, false);

  await expect(visitor.panel).toBeVisible();
  await visitor.isConnected();
  expect(await visitor.lines()).toEqual(before);
  expect(await kept()).toBe(storage);
  await expect(visitor.launcher).toHaveAccessibleName("Close chat");
  await visitor.says("Still mine.");
  await page.close();
  site.close();
  evil.close();
});

test("a call too many or too large is dropped, and a mistake in a listener stops nothing", async ({ browser }) => {
  const { visitor, page, leaves } = await arrives(browser);
  await page.evaluate(() => {
    window.Baton.on("open", () => {
      throw new Error("the page's own mistake");
    });
    window.addEventListener("error", (event) => event.preventDefault());
    for (let n = 0; n < 500; n += 1) window.Baton.send(`Flood ${n}`);
    window.Baton.send("x".repeat(1_000_000));
  });
  await visitor.opens();
  await visitor.sees("Flood 0");
  await expect(visitor.log).not.toContainText("Flood 120");
  await calls(page, "shutdown");
  await expect(visitor.launcher).toHaveCount(0);
  expect(await page.evaluate(() => "Baton" in window)).toBe(false);
  await leaves();
});

test("the types name every call, and the server has them", async ({ request, browser }) => {
  const types = await request.get(`${server.url}/widget/baton.d.ts`);
  expect(types.status()).toBe(200);
  const named = [.../** @type {string} */ (await types.text()).matchAll(/^ {2}(\w+)(?:<.*>)?\(.*\): \w+;$/gm)];
  const { page, leaves } = await arrives(browser);
  const there = await page.evaluate(() => Object.keys(window.Baton));
  expect(named.map(([, name]) => name).sort()).toEqual(there.sort());
  const guide = readFileSync(join(import.meta.dirname, "../docs/javascript.md"), "utf8");
  for (const name of there) expect(guide).toContain(`Baton.${name}(`);
  await leaves();
});

test("nothing is in anybody's way", () => {
  expect(obstacles).toEqual({});
});
