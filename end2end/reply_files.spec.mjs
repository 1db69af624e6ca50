// Saved replies with files: uploaded on their page, brought along in the composer, and left out again.
import { expect, test } from "./support/story.mjs";
import { TEAM } from "./support/people.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

const PDF = { name: "size-chart.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF") };
const TEXT = { name: "prices.txt", mimeType: "text/plain", buffer: Buffer.from("A tent: 90") };

test("inbox: a saved reply brings its files along", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/replies");
  await page.getByRole("button", { name: "New reply" }).click();
  await page.getByLabel("Title").fill("Size chart");
  await page.getByLabel("Shortcut").fill("sizes");
  await page.getByLabel("Text", { exact: true }).fill("Here you are.");
  const files = page.getByRole("group", { name: "Files" });
  await files.locator('input[type="file"]').setInputFiles([PDF, TEXT]);
  await expect(files.getByRole("link")).toHaveCount(2);
  await shoot(page, "reply-files-edit", ALL);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Size chart/ })).toContainText("size-chart.pdf");
  await expect(page.getByRole("button", { name: /^Size chart/ })).toContainText("prices.txt");

  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await page.goto("/inbox");
  await mara.opens();
  await mara.takesOver();
  await visitor.isJoinedBy(TEAM.mara);
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.keyboard.type("sizes");
  await expect(page.getByRole("option", { name: /Size chart/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const chips = page.getByRole("list", { name: "Files that go along" });
  await expect(chips.getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await shoot(page, "reply-files-chips", ALL);
  await chips.getByRole("button", { name: "Leave prices.txt out" }).click();
  await page.keyboard.press("Enter");
  await visitor.sees("Here you are.");
  await expect(visitor.log.getByRole("button", { name: /size-chart/ })).toBeVisible();
  await expect(visitor.log.getByRole("button", { name: /prices/ })).toHaveCount(0);

  // What a reply lets go of is not offered again; a form that is left saves nothing.
  await page.goto("/replies");
  await page.getByRole("button", { name: /^Size chart/ }).click();
  await files.getByRole("button", { name: "Leave size-chart.pdf out" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Size chart/ })).toContainText("prices.txt");
  await expect(page.getByRole("button", { name: /^Size chart/ })).not.toContainText("size-chart.pdf");
});
