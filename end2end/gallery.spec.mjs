// Every part in every state, compared with how it was meant to look, at two widths and in both schemes.
// After a change that is meant: `cargo xtask e2e gallery --renew`, look at the pictures, commit them.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Server } from "./support/server.mjs";

const FAMILIES = ["controls", "feedback", "cards", "talk", "handoffs"];
const WIDTHS = { desk: 1280, phone: 390 };
/** The product takes the system's letters; pictures that are compared need the same ones everywhere. */
const LETTERS = createRequire(import.meta.url).resolve("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2");
/** A rounded edge may fall differently; a colour, a size or a word may not. */
const ALIKE = { maxDiffPixels: 40, threshold: 0.15, animations: "disabled" };

test.describe.configure({ mode: "serial" });
test.use({ trace: "off", reducedMotion: "reduce" });

let server, watch, letters;

test.beforeAll(async () => {
  server = await Server.empty();
  watch = watchOver(server);
  letters = (await readFile(LETTERS)).toString("base64");
});

test.afterEach(async ({}, testInfo) => keepLogs(server, watch, testInfo));

test.afterAll(async () => server?.remove());

/** The gallery at a width, in a scheme, in letters that are the same everywhere. */
async function open(browser, width, colorScheme) {
  const viewport = { width: WIDTHS[width], height: 1000 };
  const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme, reducedMotion: "reduce", bypassCSP: true });
  await watch.over(context);
  const page = await context.newPage();
  await page.goto("/gallery");
  await expect(page.locator(".gallery > section")).toHaveCount(FAMILIES.length);
  await page.evaluate(async (letters) => {
    const font = new FontFace("Compared", `url(data:font/woff2;base64,${letters})`, { weight: "100 900" });
    document.fonts.add(await font.load());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { --font: Compared; --font-mono: Compared; }");
    document.adoptedStyleSheets.push(sheet);
    await document.fonts.ready;
  }, letters);
  return page;
}

// The scheme changes colours alone, and the width places alone.
for (const [width, scheme] of [["desk", "light"], ["desk", "dark"], ["phone", "light"]]) {
  test(`every part looks as it was meant to: ${width}, ${scheme}`, async ({ browser }) => {
    const page = await open(browser, width, scheme);
    for (const family of FAMILIES) {
      const shown = page.locator(`#${family}`);
      expect(await shown.locator("figure").count(), "nothing to compare").toBeGreaterThan(5);
      await expect.soft(shown).toHaveScreenshot(`${family}-${width}-${scheme}.png`, ALIKE);
    }
    await page.context().close();
  });
}

test("a colour, a size and a word that differ are noticed", async ({ browser }, { config }) => {
  test.skip(["all", "changed"].includes(config.updateSnapshots), "it would be taken for how it is meant to look");
  const page = await open(browser, "desk", "light");
  const cards = page.locator("#cards");
  const differs = async (what) => {
    const same = await expect(cards).toHaveScreenshot("cards-desk-light.png", ALIKE).then(() => true, () => false);
    expect(same, `${what} was not noticed`).toBe(false);
  };
  const style = (rules) =>
    page.evaluate((rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets = [document.adoptedStyleSheets[0], sheet];
    }, rules);
  await style(".wait { color: rebeccapurple !important; }");
  await differs("a colour");
  await style(".conv .name { font-size: 1.1em !important; }");
  await differs("a size");
  await style("");
  await cards.locator(".name").first().evaluate((name) => (name.textContent = "Elif Demir"));
  await differs("a word");
});
