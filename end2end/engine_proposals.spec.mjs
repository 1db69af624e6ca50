// The assistant asks whether to fetch a person, and the visitor has the word.
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";

const here = deskOfEach(test);

test("an unclear wish is asked about, and a yes brings a person", async () => {
  const [mara] = await here.desk.staff("mara");
  const visitor = await here.desk.visitor(PHONE);

  await visitor.says("Do you have human support?");

  await expect(visitor.proposal).toBeVisible();
  await expect(visitor.line).toHaveText("You are talking to the assistant");
  await expect(mara.list).toContainText("Nobody is waiting");

  await visitor.proposal.getByRole("button", { name: "Talk to a human" }).click();

  await expect(visitor.line).toHaveText(/^You are next/);
  await expect(visitor.proposal).toHaveCount(0);
  await expect(mara.rows).toContainText("Asked for a person");
  await mara.opens();
  await mara.sees("The assistant asked whether to fetch a person");
  await mara.takesOver();
  await visitor.isJoinedBy(mara);
});

test("a no leaves the visitor with the assistant, which does not ask again", async () => {
  const [mara] = await here.desk.staff("mara");
  const visitor = await here.desk.visitor();
  await visitor.says("Do you have human support?");

  await visitor.proposal.getByRole("button", { name: "No, thanks" }).click();

  await expect(visitor.proposal).toHaveCount(0);
  await expect(visitor.line).toHaveText("You are talking to the assistant");
  await visitor.says("Can a message arrive twice?");
  await visitor.sees("every message carries a key that its sender made");
  await visitor.says("Do you have human support?");
  await expect(visitor.log.getByText("Assistant", { exact: true })).toHaveCount(2);
  await expect(visitor.proposal).toHaveCount(0);
  await expect(mara.list).toContainText("Nobody is waiting");
  // Who asks in so many words gets a person all the same.
  await visitor.says("I want to talk to a human");
  await expect(visitor.line).toHaveText(/^You are next/);
  await expect(mara.rows).toHaveCount(1);
});

test("whoever waits may go on with the assistant", async () => {
  const [mara] = await here.desk.staff("mara");
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");
  await expect(mara.rows).toHaveCount(1);

  await visitor.chat.getByRole("button", { name: "Go on with the assistant" }).click();

  await visitor.sees("You went on with the assistant");
  await expect(visitor.line).toHaveText("You are talking to the assistant");
  await expect(mara.list).toContainText("Nobody is waiting");
  await visitor.says("How do I back up Baton?");
  await visitor.sees("Backup, updates and PostgreSQL");
});
