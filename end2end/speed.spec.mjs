// How long the inbox takes to show that it was touched, with a thousand people waiting.
import { expect, test } from "./support/story.mjs";
import { Agent, TEAM } from "./support/people.mjs";
import { CROWDED, crowd } from "./support/crowd.mjs";
import { Server } from "./support/server.mjs";

test.use({ trace: "off" });

const WAITING = 1_000;
/** Good by the Web Vitals' measure of interaction to next paint is 200 ms; ours is half of it. */
const GOOD = 100;
/** A machine that does something else now and then may be late once; not as a rule. */
const LATE = 400;

/* In the page: the longest time of each interaction from the touch to the next paint. */
function listen() {
  globalThis.interactions = new Map();
  const keep = (entries) => {
    for (const { interactionId, duration, name } of entries.getEntries()) {
      if (!interactionId) continue;
      const before = globalThis.interactions.get(interactionId)?.duration ?? 0;
      if (duration >= before) globalThis.interactions.set(interactionId, { duration, name });
    }
  };
  // What is faster than 16 ms is not listed.
  new PerformanceObserver(keep).observe({ type: "event", durationThreshold: 16, buffered: true });
}

test("inbox: a thousand wait, and every touch is answered at once", async ({ browser }, testInfo) => {
  test.setTimeout(300_000);
  const server = await Server.demo(CROWDED);
  try {
    await crowd(browser, server, WAITING);
    const mara = await Agent.signIn(browser, server, TEAM.mara);
    const { page, rows } = mara;
    await expect(mara.tab("Pending")).toHaveText(new RegExp(`Pending\\s*${WAITING}`));
    await expect(rows.first()).toBeVisible();
    await page.evaluate(listen);
    let touches = 0;
    const touch = async (act) => {
      await act();
      touches += 1;
      // Two frames: what the touch began is painted.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    };

    for (let n = 0; n < 12; n += 1) await touch(() => page.keyboard.press("j"));
    for (let n = 0; n < 6; n += 1) {
      await touch(() => rows.nth(n).click());
      await expect(mara.log).toBeVisible();
    }
    await page.keyboard.press("Escape");
    for (const tab of ["Active", "Resolved", "Pending", "Active", "Pending"]) {
      await touch(() => mara.tab(tab).click());
      await expect(mara.tab(tab)).toHaveAttribute("aria-selected", "true");
    }
    await touch(() => page.getByRole("button", { name: "Sort and filter" }).click());
    await touch(() => page.getByRole("button", { name: "Sort and filter" }).click());
    for (let n = 0; n < 3; n += 1) {
      await touch(() => page.keyboard.press("Control+k"));
      for (const letter of "visit") await touch(() => page.keyboard.press(letter));
      await touch(() => page.keyboard.press("Escape"));
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    await rows.first().click();
    await mara.takeOver.click();
    await expect(mara.reply).toBeFocused();
    for (const letter of "Hello, how can I help you?") await touch(() => page.keyboard.press(letter));

    const told = await page.evaluate(() => [...globalThis.interactions.values()]);
    const worst = told.sort((one, other) => other.duration - one.duration);
    // As the Web Vitals count it: of many interactions one in fifty is left out.
    const inp = worst[Math.floor(touches / 50)]?.duration ?? 0;
    const figures = { waiting: WAITING, touches, inp, worst: worst.slice(0, 5) };
    testInfo.annotations.push({ type: "figures", description: JSON.stringify(figures) });
    console.log(JSON.stringify(figures));
    const over = worst.filter(({ duration }) => duration > GOOD);
    expect(over.length, JSON.stringify(worst.slice(0, 5))).toBeLessThan(touches / 10);
    expect(worst[0]?.duration ?? 0).toBeLessThan(LATE);
    await mara.context.close();
  } finally {
    await server.remove();
  }
});
