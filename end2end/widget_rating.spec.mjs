// What a visitor says of what they were told: how it was with a person, and whether an answer helped.
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

/** A visitor whom Mara has helped. */
async function helped(options) {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor(options);
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await mara.says("It ships on Monday.");
  await visitor.sees("It ships on Monday.");
  await mara.restore.click();
  await expect(visitor.line).toHaveText("You are talking to the assistant");
  const card = visitor.chat.getByRole("form", { name: "How was it with Mara Lindt?" });
  return { mara, visitor, card };
}

test("widget: a visitor rates a person, changes it, and the team reads it quietly", async () => {
  const { mara, visitor, card } = await helped();
  await expect(card).toBeVisible();
  await shoot(visitor.page, "widget-rating", DESK_AND_PHONE);

  // Nothing is sent before a face is chosen.
  await card.getByRole("button", { name: "Send rating" }).click();
  await expect(card.getByRole("alert")).toHaveText("This is needed.");
  await card.getByRole("radio", { name: "Good" }).check();
  await card.getByLabel("Anything to add?").fill("Quick and kind.");
  await card.getByRole("button", { name: "Send rating" }).click();
  await visitor.sees("Thank you. You rated it: Good.");
  await expect(card).toHaveCount(0);
  await mara.shows("Resolved");
  await mara.opens();
  await mara.sees("rated this 4 of 5 · “Quick and kind.”");

  await visitor.chat.getByRole("button", { name: "Change" }).click();
  await expect(card.getByLabel("Anything to add?")).toHaveValue("Quick and kind.");
  await card.getByRole("radio", { name: "Great" }).check();
  await card.getByRole("button", { name: "Send rating" }).click();
  await visitor.sees("Thank you. You rated it: Great.");
  await mara.sees("rated this 5 of 5");
  await expect(mara.page.getByRole("complementary", { name: "Contact and details" })).toContainText("Rated 5 of 5");
  await shoot(mara.page, "inbox-rated", DESK_AND_PHONE);

  // It is no line of the conversation, and is asked once.
  expect((await visitor.lines()).join("\n")).not.toMatch(/rated|of 5/);
  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("It ships on Monday.");
  await visitor.says("And a question more.");
  await expect(card).toHaveCount(0);
  await expect(visitor.chat.getByText("Thank you. You rated it")).toHaveCount(0);
  expect(obstacles).toEqual({});
});

test("widget: skipped on a phone it is not asked again, and whoever writes on is not asked either", async () => {
  const { visitor, card } = await helped(PHONE);
  await expect(card).toBeVisible();
  // It waits until the next page is there.
  await visitor.page.reload();
  await visitor.opens();
  await card.getByRole("button", { name: "Skip" }).click();
  await expect(card).toHaveCount(0);
  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("It ships on Monday.");
  await visitor.says("What does it cost?");
  await expect(card).toHaveCount(0);

  const { visitor: other, card: asked } = await helped();
  await expect(asked).toBeVisible();
  await other.says("One more thing.");
  await expect(asked).toHaveCount(0);
});

test("widget: a thumb for an answer is turned, taken back, and marks the answer in the inbox", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Does Baton work without the internet?");
  const up = visitor.chat.getByRole("button", { name: "This helped" });
  const down = visitor.chat.getByRole("button", { name: "This did not help" });
  await expect(up).toHaveAttribute("aria-pressed", "false");
  await up.click();
  await expect(up).toHaveAttribute("aria-pressed", "true");
  await shoot(visitor.page, "widget-thumbs", DESK_AND_PHONE);
  const lines = (await visitor.lines()).length;
  await mara.shows("Assistant");
  await mara.opens();
  await mara.sees("This helped");
  await down.click();
  await mara.sees("This did not help");
  await expect(mara.log.getByText("This helped")).toHaveCount(0);
  await shoot(mara.page, "inbox-thumbed", DESK_AND_PHONE);

  // Kept with the answer, and no line of its own.
  await visitor.page.reload();
  await visitor.opens();
  await expect(down).toHaveAttribute("aria-pressed", "true");
  expect((await visitor.lines()).length).toBe(lines);
  await down.click();
  await expect(down).toHaveAttribute("aria-pressed", "false");
  await expect(mara.log.getByText("This did not help")).toHaveCount(0);
  expect(obstacles).toEqual({});
});
