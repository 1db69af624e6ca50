// Pictures of a state at the widths it is designed for, in light and dark, and what must hold in each.
import { createRequire } from "node:module";
import { join } from "node:path";
import { measure } from "./measure.mjs";

/** The widths that the screens are designed for, with the height of such a screen. */
const HEIGHTS = { 390: 844, 820: 1180, 1280: 800, 1920: 1080 };
export const ALL = [1280, 1920, 820, 390];
export const DESK_AND_PHONE = [1280, 390];
export const NARROW = [820, 390];

// Once into each document instead of once for each look, which would be most of the time spent.
const { source: AXE } = createRequire(import.meta.resolve("@axe-core/playwright"))("axe-core");

const FOLDER = join(import.meta.dirname, "../results/screens");
const PHONE = 390;
/** Where the desk's and the phone's layout are looked through; those between differ in room alone. */
const LOOKED_THROUGH = [1280, PHONE];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Dark differs from light in its colours alone. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** What keeps somebody out: each rule that is broken and where, with the views that break it. */
export const obstacles = {};

function note(rule, example, view) {
  (obstacles[`${rule}: ${example}`] ??= []).push(view);
}

/** Takes the state at these widths, in both schemes, and looks each picture through. */
export async function shoot(page, name, widths) {
  const devtools = await page.context().newCDPSession(page);
  for (const width of widths) {
    await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: width === PHONE, maxTouchPoints: 1 });
    await page.setViewportSize({ width, height: HEIGHTS[width] });
    for (const colorScheme of ["light", "dark"]) {
      const view = `${name}-${colorScheme}-${width}`;
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join(FOLDER, `${view}.png`), animations: "disabled" });
      if (LOOKED_THROUGH.includes(width)) {
        await lookThrough(page, view, colorScheme === "light" ? RULES : RULES_OF_COLOUR);
      }
    }
    await isWithinReach(page, `${name}-${width}`, width === PHONE ? 44 : 24);
  }
  await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: false });
  await devtools.detach();
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1280, height: HEIGHTS[1280] });
}

/** The common rules for accessible pages. Around an open chat lies somebody else's page. */
async function lookThrough(page, view, runOnly) {
  const frame = (await isPicture(page)) ? page.mainFrame() : page.frames().at(-1);
  if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(AXE);
  const broken = await frame.evaluate(async (runOnly) => {
    const { violations, passes } = await window.axe.run({ runOnly, iframes: false });
    if (!passes.length) return [["nothing was looked through", document.title]];
    const example = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`;
    return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => [`${id}: ${help}`, example(node)]));
  }, runOnly);
  for (const [rule, example] of broken) note(rule, example, view);
}

/** Whether the frame in the page is a picture of a chat, with nothing in it to use, or one of several that
 *  are looked through where they are at home, and the page around is what counts. */
const isPicture = async (page) =>
  new URL(page.url()).pathname === "/playground" || page.frames().at(-1).evaluate(() => document.body.inert);

/** Nothing is cut off or too wide, and everything can be hit with a mouse or a finger. */
async function isWithinReach(page, view, reach) {
  for (const frame of page.frames()) {
    for (const [rule, example] of await frame.evaluate(measure, reach)) note(rule, example, view);
  }
}
