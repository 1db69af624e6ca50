// Pictures of a state at every width, in light and dark, and what must hold in each of them.
import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { join } from "node:path";

/** The widths that the screens are designed for, with the height of such a screen. */
export const INBOX = { 390: 844, 820: 1180, 1280: 800, 1920: 1080 };
export const WIDGET = { 390: 844, 1280: 800 };
export const SCHEMES = ["light", "dark"];

const FOLDER = join(import.meta.dirname, "../results/screens");
/** Where a phone's and a desk's layout are looked through. */
const LOOKED_THROUGH = [390, 1280];

/** What keeps somebody out: each rule that is broken, with an example and the views that break it. */
export const obstacles = {};

/** Takes the state in one scheme at all its widths, and checks each. */
export async function shoot(page, name, sizes, scheme) {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  for (const [width, height] of Object.entries(sizes)) {
    const view = `${name}-${scheme}-${width}`;
    await page.setViewportSize({ width: Number(width), height });
    await page.screenshot({ path: join(FOLDER, `${view}.png`) });
    await fitsItsWidth(page, view);
    if (LOOKED_THROUGH.includes(Number(width))) await lookThrough(page, view);
  }
}

/** Takes the state in both schemes. */
export async function shootAll(page, name, sizes) {
  for (const scheme of SCHEMES) await shoot(page, name, sizes, scheme);
}

/** Nothing scrolls sideways, neither the page nor a frame in it. */
async function fitsItsWidth(page, view) {
  for (const frame of page.frames()) {
    const over = await frame.evaluate(() => {
      const { scrollWidth, clientWidth } = document.scrollingElement ?? document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(over, `${view}: pixels too wide in ${frame.url()}`).toBeLessThanOrEqual(0);
  }
}

/** The common rules for accessible pages; what they find is told at the end, of all pictures at once. */
async function lookThrough(page, view) {
  // Frames of one's own origin are looked through as well.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  for (const { impact, id, help, nodes } of violations) {
    if (impact === "serious" || impact === "critical") {
      const rule = (obstacles[`${id}: ${help}`] ??= { example: nodes[0].html.slice(0, 200), views: [] });
      rule.views.push(view);
    }
  }
}
