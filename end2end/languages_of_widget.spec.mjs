// The chat in the visitor's language: chosen by the page or the browser, whole, and the right way round.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";
import { siteWith } from "./support/site.mjs";

const FOLDER = join(import.meta.dirname, "../widget/words");
/** The words of every language, by their keys. */
const WORDS = Object.fromEntries(
  readdirSync(FOLDER).map((file) => {
    const lines = readFileSync(join(FOLDER, file), "utf8").split("\n");
    const pairs = lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split(/ = (.*)/));
    return [file.slice(0, 2), Object.fromEntries(pairs)];
  }),
);

let server, watch, chatbot;

test.beforeAll(async ({ request }) => {
  server = await Server.demo({ BATON__LIMITS__VISITS_PER_MINUTE: "1000" });
  const page = await (await request.get(`${server.url}/demo`)).text();
  [, chatbot] = /data-chatbot="([0-9a-f-]{36})"/.exec(page);
});

test.beforeEach(() => {
  watch = watchOver(server);
});

test.afterEach(async ({}, testInfo) => {
  await keepLogs(server, watch, testInfo);
  expect(server.panics).toEqual([]);
});

test.afterAll(() => server?.remove());

/** Somebody on a page with the chat, asked for in a language. */
async function arrives(browser, { tag = "", ...options }) {
  const loader = `<script src="${server.url}/widget/loader.js" data-chatbot="${chatbot}" ${tag}></script>`;
  const site = await siteWith(loader, "127.0.0.1");
  const visitor = await Visitor.arrive(browser, server, { path: site.url, ...options });
  const frame = visitor.page.locator("iframe");
  const button = visitor.page.locator("button[aria-expanded]");
  return { site, visitor, button, chat: frame.contentFrame(), frame };
}

const leaves = async ({ site, visitor }) => {
  await visitor.context.close();
  site.close();
};

test("there are twelve languages", () => {
  expect(Object.keys(WORDS).sort()).toEqual("ar de en es fr it ja nl pl pt tr zh".split(" "));
});

for (const [tag, words] of Object.entries(WORDS)) {
  test(`a page asks for it: ${tag}`, async ({ browser }) => {
    const here = await arrives(browser, { tag: `data-locale="${tag}"` });
    const { visitor, button, chat } = here;
    await expect(button).toHaveAccessibleName(words.open);
    await button.click();
    await expect(chat.locator("html")).toHaveAttribute("lang", tag);
    await expect(chat.locator("html")).toHaveAttribute("dir", words["@direction"]);
    await expect(chat.getByRole("dialog")).toHaveAccessibleName(words.chat_with.replace("{0}", "Baton"));
    await expect(chat.getByRole("status").first()).toHaveText(words.with_assistant);
    await expect(chat.getByRole("textbox")).toHaveAttribute("placeholder", words.write);
    await expect(button).toHaveAccessibleName(words.close);
    // Numbers take the form of their language, in line and in minutes.
    const said = await visitor.page.frames().at(-1).evaluate(() => {
      const line = (at, value) => globalThis.baton.said(at, value, "");
      return [1, 2, 5, 11, 21].map((count) => line(3, count));
    });
    expect(new Set(said).size).toBe(5);
    for (const text of said) expect(text).not.toMatch(/[{}|]|one:|two:|few:|many:/);
    await leaves(here);
  });
}

test("without the page's word it is the browser's first language that the chat speaks, else English", async ({
  browser,
}) => {
  for (const [locale, spoken] of [
    ["de-CH", "de"],
    ["pt-BR", "pt"],
    ["sv-SE", "en"],
  ]) {
    const here = await arrives(browser, { locale });
    await expect(here.button).toHaveAccessibleName(WORDS[spoken].open);
    await here.button.click();
    await expect(here.chat.locator("html")).toHaveAttribute("lang", spoken);
    await expect(here.chat.getByRole("status").first()).toHaveText(WORDS[spoken].with_assistant);
    await leaves(here);
  }
});

test("the words come beside the program, once for each version, and the page may change them", async ({ browser }) => {
  const here = await arrives(browser, { tag: 'data-locale="pl"' });
  const asked = [];
  here.visitor.page.on("request", (request) => asked.push(new URL(request.url())));
  await here.button.click();
  await expect(here.chat.getByRole("status").first()).toHaveText(WORDS.pl.with_assistant);
  const words = asked.filter(({ pathname }) => pathname.startsWith("/widget/words/"));
  expect(words.map(({ pathname }) => pathname)).toEqual(["/widget/words/pl.txt"]);
  expect(words[0].search).toMatch(/^\?v=[0-9a-f]{16}$/);
  const answer = await here.visitor.context.request.get(words[0].href);
  expect(answer.headers()["cache-control"]).toContain("immutable");

  await here.visitor.page.evaluate(() => window.Baton.setLocale("ja"));
  await expect(here.chat.getByRole("status").first()).toHaveText(WORDS.ja.with_assistant);
  await expect(here.button).toHaveAccessibleName(WORDS.ja.close);
  await leaves(here);
});

for (const tag of ["ar", "de", "ja"]) {
  test(`it looks right: ${tag}`, async ({ browser }) => {
    const words = WORDS[tag];
    const here = await arrives(browser, { tag: `data-locale="${tag}"`, locale: "en-GB" });
    const { visitor, button, chat } = here;
    await button.click();
    await expect(chat.getByRole("status").first()).toHaveText(words.with_assistant);
    await shoot(visitor.page, `widget-${tag}-hello`, DESK_AND_PHONE);
    await chat.getByRole("textbox").fill("How heavy is it? كم وزنها؟");
    await chat.getByRole("textbox").press("Enter");
    await expect(chat.getByText(words.sending, { exact: true })).toHaveCount(0);
    await chat.getByRole("button", { name: words.talk }).click();
    await expect(chat.getByRole("button", { name: words.go_on })).toBeVisible();
    await expect(chat.locator("[data-held=waiting]")).toBeVisible();
    await shoot(visitor.page, `widget-${tag}-waiting`, DESK_AND_PHONE);
    await leaves(here);
  });
}

test("nothing is in anybody's way in any of them", () => {
  expect(obstacles).toEqual({});
});
