// What an agent has just done is taken back, by the notice or by a key.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("inbox: putting aside, giving back and ending are taken back", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("Here I am.");
  await visitor.sees("Here I am.");
  const { page } = mara;
  const notice = (text) => page.getByRole("status").filter({ hasText: text });
  const box = page.getByRole("textbox", { name: /reply/i });

  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await page.getByRole("menuitem", { name: /visitor writes/ }).click();
  await expect(notice("is put aside.")).toBeVisible();
  await page.keyboard.press("u");
  await expect(notice("is put aside.")).toHaveCount(0);
  await expect(box).toBeVisible();

  await page.getByRole("button", { name: "Other ways to end this" }).click();
  await page.getByRole("menuitem", { name: /^Release/ }).click();
  await expect(notice("waits for somebody again.")).toBeVisible();
  await shoot(page, "undo-release", ALL);
  await notice("waits for somebody again.").getByRole("button", { name: "Undo" }).click();
  await mara.says("I stay after all.");
  await visitor.sees("I stay after all.");

  await page.getByRole("button", { name: /^Restore/ }).click();
  await expect(notice("is with the assistant again.")).toBeVisible();
  await page.locator("body").click({ position: { x: 1, y: 1 } });
  await page.keyboard.press("u");
  await mara.says("One more thing.");
  await visitor.sees("One more thing.");
});
