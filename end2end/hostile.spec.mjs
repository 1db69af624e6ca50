// Words that would like to be more than words: nothing that a visitor or an agent writes may run, load
// or lead anywhere but to an honest link.
import { expect, keepLogs, test, watchOver } from "./support/story.mjs";
import { Agent, TEAM, Visitor } from "./support/people.mjs";
import { Server } from "./support/server.mjs";
import { siteWith } from "./support/site.mjs";

test.describe.configure({ mode: "serial" });

// Each ends with words that nobody takes away, to see that the message has arrived.
const HOSTILE = [
  `<img src=x onerror="alert('img')"> HOSTILE-IMG`,
  `<script>alert('script')</script> HOSTILE-SCRIPT`,
  `<svg onload=alert('svg')><a href="//evil.example">x</a></svg> HOSTILE-SVG`,
  `<iframe srcdoc="<script>alert('frame')</script>"></iframe> HOSTILE-FRAME`,
  `[click](javascript:alert('link')) HOSTILE-LINK`,
  `[click](JaVaScRiPt:alert('case')) HOSTILE-CASE`,
  `[click](data:text/html,<script>alert('data')</script>) HOSTILE-DATA`,
  `![pixel](https://evil.example/pixel.png) HOSTILE-PIXEL`,
  `[![pixel](https://evil.example/pixel.png)](vbscript:alert) HOSTILE-NESTED`,
  `<a href="https://evil.example" onmouseover="alert('over')">hover</a> HOSTILE-OVER`,
  `<style>@import url(https://evil.example/x.css);*{display:none}</style> HOSTILE-STYLE`,
  "`<b onclick=alert(1)>` **<i>bold</i>** HOSTILE-CODE",
  "\u202egnp.exe HOSTILE-BIDI",
];
const marks = HOSTILE.map((text) => /HOSTILE-\w+/.exec(text)[0]);

let server, watch, visitor, mara;

test.beforeAll(async ({ browser }) => {
  server = await Server.demo();
  watch = watchOver(server);
  visitor = await Visitor.arrive(browser, server, {
    watch,
    // What a browser tells of itself and of its page is a visitor's word as well.
    userAgent: `<img src=x onerror="alert('agent')"> Chrome/141.0`,
    locale: "en-GB",
    path: `/demo?<img src=x onerror="alert('page')">`,
  });
  mara = await Agent.signIn(browser, server, TEAM.mara, { watch });
});

test.afterEach(async ({}, testInfo) => keepLogs(server, watch, testInfo));

test.afterAll(async () => {
  await Promise.all([visitor, mara].map((person) => person?.context.close()));
  await server?.remove();
});

/** Everything in a log that is not words: there may be links to the web, and none of the rest. */
async function isHarmless(log) {
  const elements = await log.evaluate((log) =>
    [...log.querySelectorAll("*")].map((element) => ({
      tag: element.localName,
      handlers: element.getAttributeNames().filter((name) => name.startsWith("on")),
      scheme: element.localName === "a" ? new URL(element.href).protocol : "https:",
    })),
  );
  const forbidden = ["img", "script", "iframe", "style", "object", "embed", "video", "audio", "base"];
  expect(elements.filter(({ tag }) => forbidden.includes(tag))).toEqual([]);
  expect(elements.filter(({ handlers }) => handlers.length)).toEqual([]);
  expect(elements.filter(({ scheme }) => !/^(https?|mailto|tel):$/.test(scheme))).toEqual([]);
}

/** Points at every link and presses it, as far as it leads nowhere else. */
async function touchesEverything(person) {
  for (const link of await person.log.getByText(/^(click|hover|x)$/).all()) await link.hover();
  for (const word of await person.log.getByText("click", { exact: true }).all()) {
    if (!(await word.evaluate((element) => element.closest("a")))) await word.click();
  }
}

test("what a visitor writes stays words, for both sides", async () => {
  await visitor.opens();
  await visitor.says("I want to talk to a human");
  for (const [at, text] of HOSTILE.entries()) await visitor.says(text, marks[at]);

  await mara.opens();
  for (const mark of marks) await mara.sees(mark);
  await mara.sees("<img src=x onerror=");
  await visitor.sees("<script>alert('script')</script>");
  await isHarmless(mara.log);
  await isHarmless(visitor.log);
  await touchesEverything(mara);
});

test("what an agent writes stays words, in replies and in notes", async () => {
  await mara.takesOver();
  for (const [at, text] of HOSTILE.entries()) await mara.says(text, marks[at]);
  for (const mark of marks) await expect(visitor.log.getByText(mark)).toHaveCount(2);
  await mara.notes(HOSTILE.join(" "), marks.at(-1));

  await isHarmless(mara.log);
  await isHarmless(visitor.log);
  await touchesEverything(visitor);
});

test("what a browser tells of itself stays words in the details and in the lists", async () => {
  const details = mara.page.getByRole("complementary", { name: "Contact and details" });

  await expect(details).toContainText("onerror");
  await mara.page.getByRole("link", { name: "Inbox" }).click();
  await mara.shows("Active");
  await expect(mara.rows).toHaveCount(1);
  await mara.page.reload();
  await mara.isConnected();
  await mara.shows("Active");
  await mara.opens();
  await isHarmless(mara.conversation);
});

test("honest links open elsewhere and tell nobody where they come from", async () => {
  await mara.says("See [our page](https://example.org/help) please.", "See our page please.");

  const link = visitor.log.getByRole("link", { name: "our page" });
  await expect(link).toHaveAttribute("href", "https://example.org/help");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", /noopener noreferrer/);
});

test("a page of somebody else's may not frame the inbox", async ({ browser }) => {
  const trap = await siteWith(`<iframe src="${server.url}/sign-in"></iframe>`, "localhost");
  const page = await browser.newPage();
  await page.goto(trap.url);

  await expect.poll(() => page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
  await page.close();
  trap.close();
});

test("no script ran, no policy was violated, and nothing but the server was asked for anything", () => {
  expect(watch.dialogs).toEqual([]);
  expect(watch.trouble).toEqual([]);
  expect(server.panics).toEqual([]);
});
