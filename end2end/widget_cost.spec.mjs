// What the chat costs the page that carries it, by the browser's own counters.
import { expect, test } from "./support/story.mjs";
import { Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { siteWith } from "./support/site.mjs";

test.use({ trace: "off" });

/** From the touch to the first paint of the chat, its files being in the browser's cache. */
const PANEL_MS = 150;
const ROUNDS = 7;

let server, site;

test.beforeAll(async ({ request }) => {
  server = await Server.demo({ BATON__LIMITS__VISITS_PER_MINUTE: "1000" });
  const page = await (await request.get(`${server.url}/demo`)).text();
  const [, chatbot] = /data-chatbot="([0-9a-f-]{36})"/.exec(page);
  const tag = `<script src="${server.url}/widget/loader.js" data-chatbot="${chatbot}" async></script>`;
  site = await siteWith(`<p>${"Words of the shop. ".repeat(200)}</p>${tag}`, "localhost");
});

test.afterAll(async () => {
  site?.close();
  await server?.remove();
});

/* In the page, before anything else: every way to keep something, long tasks and what moved. */
function count() {
  globalThis.counted = { writes: [], tasks: [], shift: 0 };
  const watch = (owner, name) => {
    const was = owner[name];
    owner[name] = function (...args) {
      globalThis.counted.writes.push(`${name} ${args[0]}`);
      return was.apply(this, args);
    };
  };
  watch(Storage.prototype, "setItem");
  watch(IDBFactory.prototype, "open");
  if (globalThis.caches) watch(CacheStorage.prototype, "open");
  new PerformanceObserver((list) => {
    for (const { duration, attribution } of list.getEntries()) {
      globalThis.counted.tasks.push([Math.round(duration), attribution[0]?.containerSrc ?? ""]);
    }
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) globalThis.counted.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
}

test("before it is touched: one request, nothing kept, no long task, nothing moved", async ({ browser }) => {
  const context = await browser.newContext();
  await context.addInitScript(count);
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(site.url);
  const visitor = new Visitor(page);
  await expect(visitor.launcher).toBeVisible();
  // As long as a glance at a page; an idle page would have loaded by then what it wants to.
  await page.waitForTimeout(3_000);

  const counted = await page.evaluate(() => ({
    ...globalThis.counted,
    kept: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
    cookies: document.cookie,
    bytes: performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
  }));
  const foreign = asked.filter((url) => ![site.url, `${new URL(site.url).origin}/favicon.ico`].includes(url));
  expect(foreign).toEqual([`${server.url}/widget/loader.js`]);
  expect(counted).toMatchObject({ writes: [], kept: 0, cookies: "", shift: 0 });
  // What the machine does besides is not the loader's: it has to take a part in a task that is long.
  expect(counted.tasks).toEqual([]);
  expect(await context.cookies()).toEqual([]);

  // Opened, it keeps one mark of its own in the page's storage, and moves nothing.
  await visitor.opens();
  const opened = await page.evaluate(() => [Object.keys(localStorage), globalThis.counted.shift, document.cookie]);
  expect(opened[0]).toHaveLength(1);
  expect(opened.slice(1)).toEqual([0, ""]);
  console.log(JSON.stringify({ before: { requests: foreign.length, ...counted }, opened }));
  await context.close();
});

/** Milliseconds from the touch to the chat's first paint. */
async function opening(page, visitor, fresh = true) {
  await page.evaluate(() => {
    addEventListener("click", ({ timeStamp }) => (globalThis.touched = performance.timeOrigin + timeStamp), true);
    addEventListener("message", ({ data, timeStamp }) => {
      if (data?.baton === "ready") globalThis.ready = performance.timeOrigin + timeStamp;
    });
  });
  await visitor.launcher.dispatchEvent("click");
  await expect(visitor.panel).toBeVisible();
  const frame = page.frames().at(-1);
  const painted = await frame.waitForFunction(() => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    return first && performance.timeOrigin + first.startTime;
  });
  const touched = await page.evaluate(() => globalThis.touched);
  // Whoever was here before has it ready already.
  const ready = fresh ? await (await page.waitForFunction(() => globalThis.ready)).jsonValue() : 0;
  return { painted: Math.round((await painted.jsonValue()) - touched), usable: Math.max(Math.round(ready - touched), 0) };
}

/** As on a phone: a quarter of this machine's speed, for the page and for the frame, which may have a process of
 * its own. */
async function slowDown(page, rate) {
  const frame = page.frames().at(-1);
  for (const of of [page, frame]) {
    // A frame in its page's process has no session of its own.
    const devtools = await page.context().newCDPSession(of).catch(() => undefined);
    await devtools?.send("Emulation.setCPUThrottlingRate", { rate });
  }
}

/** What else a machine does can only add: the second best of all rounds is what the widget takes. */
const undisturbed = (values) => values.toSorted((one, other) => one - other)[1];

const middle = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

test("warm, the panel's first paint comes at once", async ({ browser }, testInfo) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const visitor = new Visitor(page);
  await page.goto(site.url);
  const { painted: cold } = await opening(page, visitor);
  const [again, slow, touched, usable] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who was here before: the frame waits, loaded while the page was idle.
    await page.goto(site.url);
    await expect(page.locator("iframe")).toHaveCount(1);
    await visitor.chat.locator(".w .say-box").waitFor({ state: "attached" });
    again.push((await opening(page, visitor, false)).painted);
    await page.goto(site.url);
    await visitor.chat.locator(".w .say-box").waitFor({ state: "attached" });
    await slowDown(page, 4);
    slow.push((await opening(page, visitor, false)).painted);
    await slowDown(page, 1);
    // Who touches it without pointing at it first, with its files in the cache.
    await page.evaluate(() => localStorage.clear());
    await page.goto(site.url);
    await expect(visitor.launcher).toBeVisible();
    const opened = await opening(page, visitor);
    touched.push(opened.painted);
    usable.push(opened.usable);
  }
  const all = { again, slow, touched, usable };
  const figures = { cold, all };
  for (const [name, times] of Object.entries(all)) figures[name] = middle(times);
  testInfo.annotations.push({ type: "figures", description: JSON.stringify(figures) });
  console.log(JSON.stringify(figures));
  expect(middle(again)).toBeLessThanOrEqual(PANEL_MS);
  // Both are slow enough that the machine does something else meanwhile: one at a quarter of its speed, one
  // with a process that the browser begins for the frame.
  expect(undisturbed(slow)).toBeLessThanOrEqual(PANEL_MS);
  expect(undisturbed(touched)).toBeLessThanOrEqual(PANEL_MS);
  await context.close();
});
