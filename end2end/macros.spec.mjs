// Saved replies that do something: made on their page, looked at in the composer, done in order.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

test("inbox: a macro is made, chosen by keys alone, looked at, and done in one go", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/labels");
  await page.getByLabel("New tag").fill("Shipped");
  await page.getByLabel("New tag").press("Enter");
  await expect(page.getByLabel("Name of Shipped")).toBeVisible();

  await page.goto("/replies");
  await page.getByRole("button", { name: "New reply" }).click();
  await page.getByLabel("Title").fill("Shipped and done");
  await page.getByLabel("Shortcut").fill("shipped");
  await page.getByLabel("Text", { exact: true }).fill("It is on its way, {{visitor.first_name|there}}.");
  const add = page.getByLabel("Add something");
  await add.selectOption({ label: "Restore to AI" }).catch(() => add.selectOption({ label: "Close" }));
  await add.selectOption({ label: "Tag Shipped" });
  await add.selectOption({ label: "Write a note" });
  await page.getByRole("textbox", { name: "Write a note" }).fill("Told them.");
  await shoot(page, "macro-edit", ALL);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Shipped and done/ })).toContainText("Tag Shipped · Write a note");

  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await page.goto("/inbox");
  await mara.opens();
  await mara.takesOver();
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.keyboard.type("ship");
  await expect(page.getByRole("option", { name: /Shipped and done/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const then = page.getByRole("group", { name: "Afterwards" });
  await expect(then).toContainText("Tag Shipped");
  const box = page.getByRole("textbox", { name: /reply/i });
  await expect(box).toHaveValue("It is on its way, there.");
  await shoot(page, "macro-then", ALL);
  await page.keyboard.press("Enter");
  await visitor.sees("It is on its way, there.");
  await mara.sees("Told them.");
  await expect(mara.conversation).toContainText("Tagged Shipped");
  await expect(then).toHaveCount(0);
  await expect(mara.conversation.getByText("It is on its way, there.")).toHaveCount(1);
  // The visitor hears the reply and that it is over, and nothing else.
  expect((await visitor.lines()).join("\n")).not.toMatch(/Told|Tag/);
});
