// One thing done to several conversations: chosen by keys and boxes, judged one by one, told together.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

test("bulk: chosen conversations are tagged and resolved together; what is a colleague's is refused by name", async () => {
  const { desk } = here;
  const [mara, jonas] = await desk.staff("mara", "jonas");
  for (let count = 0; count < 3; count += 1) {
    const visitor = await desk.visitor();
    await visitor.says("Can I talk to a person?");
  }
  await expect(mara.rows).toHaveCount(3);
  const { page } = mara;
  const bar = mara.list.getByRole("group", { name: "With those chosen" });

  // By keys: the first; by boxes with Shift: all up to the last.
  await mara.rows.first().focus();
  await page.keyboard.press("x");
  await expect(bar.getByRole("status")).toHaveText("1 chosen");
  await mara.list.getByRole("checkbox", { name: /^Choose Visitor/ }).last().click({ modifiers: ["Shift"] });
  await expect(bar.getByRole("status")).toHaveText("3 chosen");
  await shoot(page, "bulk", ALL);
  await bar.getByRole("combobox").selectOption("VIP");
  await bar.getByRole("button", { name: "Do it" }).click();
  await expect(bar.getByRole("status")).toHaveText("3 done");
  await bar.getByRole("button", { name: "Choose none" }).click();
  await expect(bar).toHaveCount(0);

  // A colleague takes one; the page of the first may not know it yet, and the rules decide.
  await jonas.rows.first().click();
  await jonas.takesOver();
  await mara.shows("Active");
  await mara.list.getByRole("button", { name: "All", exact: true }).click();
  await expect(mara.rows).toHaveCount(1);
  await mara.rows.first().focus();
  await page.keyboard.press("x");
  await bar.getByRole("combobox").selectOption("Close");
  await bar.getByRole("button", { name: "Do it" }).click();
  await expect(bar.getByRole("status")).toHaveText("0 done");
  await expect(bar).toContainText("Jonas Weber has this");
  await shoot(page, "bulk-refused", DESK_AND_PHONE);
  await page.keyboard.press("Escape");
  await mara.shows("Pending");
  await expect(mara.rows).toHaveCount(2);
  await mara.rows.first().focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await expect(mara.rows.last()).toBeFocused();
  await page.keyboard.press("x");
  await expect(bar.getByRole("status")).toHaveText("2 chosen");
  await bar.getByRole("combobox").selectOption("Restore to AI");
  await bar.getByRole("button", { name: "Do it" }).click();
  await expect(bar.getByRole("status")).toHaveText("2 done");
  await expect(mara.rows).toHaveCount(0);
});

test("bulk: every state that was taken keeps nobody out", () => {
  expect(obstacles).toEqual({});
});
