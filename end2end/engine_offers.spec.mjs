// How a request finds its agent: offered to one after the other, assigned at once, or free for all.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";

const here = deskOfEach(test);

const routing = (mode, more) => (settings) => Object.assign(settings.routing, { mode, offer_seconds: 600, ...more });

/** Who of these is asked to take it, and who is not. */
async function asked(agents) {
  await expect.poll(() => Promise.all(agents.map(({ offer }) => offer.count()))).toContain(1);
  const is = await Promise.all(agents.map(({ offer }) => offer.isVisible()));
  expect(is.filter(Boolean)).toHaveLength(1);
  return [agents[is.indexOf(true)], agents[is.indexOf(false)]];
}

test("an offer goes to one agent, then to the next, and then everybody may take it", async () => {
  const mara = await here.desk.owner(routing("offer"));
  const [jonas] = await here.desk.staff("jonas");
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");

  const [first, second] = await asked([mara, jonas]);

  await expect(first.offer).toContainText("Asked for a person");
  await expect(first.offer).toContainText("I want to talk to a human");
  await expect(first.offer).toContainText(/9:\d\d/);
  await expect(second.rows).toContainText(`${first.name} is being asked`);
  await second.opens();
  await expect(second.takeOver).toHaveCount(0);
  await expect(second.conversation.getByText(`${first.name} is being asked to take this`)).toBeVisible();
  // An offer stands above every tab.
  await first.shows("Resolved");
  await expect(first.offer).toBeVisible();

  await first.offer.getByRole("button", { name: "Reject" }).click();

  await expect(first.offer).toHaveCount(0);
  await expect(second.offer).toBeVisible();
  await expect(second.log).toContainText(`${first.name} passed this on`);
  await expect(second.log).toContainText("Offered to you");

  await second.page.keyboard.press("Shift+A");

  await expect(second.offer).toHaveCount(0);
  for (const agent of [first, second]) {
    await agent.shows("Pending");
    await expect(agent.rows).toContainText("You passed this on");
  }
  // It is remembered: nobody is asked twice, not even after coming back.
  await Promise.all([first, second].map(({ page }) => page.reload()));
  for (const agent of [first, second]) {
    await agent.isConnected();
    await expect(agent.rows).toContainText("You passed this on");
    await expect(agent.offer).toHaveCount(0);
  }
  await expect(visitor.line).toHaveText(/^You are next/);

  // Whoever comes now has not passed it on, and is asked at once.
  const [priya] = await here.desk.staff("priya");
  await expect(priya.offer).toBeVisible();
  await priya.offer.getByRole("button", { name: "Reject" }).click();
  await expect(priya.rows).toContainText("You passed this on");

  // And in the end whoever likes takes it.
  await first.opens();
  await first.takesOver();
  await visitor.isJoinedBy(first);
  for (const agent of [second, priya]) await expect(agent.tab("Pending")).toHaveText(/^Pending\s*$/);
});

test("an offer that nobody answers goes to the next by itself", async () => {
  const mara = await here.desk.owner(routing("offer", { offer_seconds: 5 }));
  const [jonas] = await here.desk.staff("jonas");
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");
  const [first, second] = await asked([mara, jonas]);

  await expect(second.offer).toBeVisible();

  await expect(first.offer).toHaveCount(0);
  await second.page.keyboard.press("a");
  await expect(second.reply).toBeFocused();
  await second.sees(`${first.name} did not answer the offer in time`);
  await visitor.isJoinedBy(second);
});

test("what one agent passes on from the pool is marked for that agent alone", async () => {
  const [mara, jonas] = await here.desk.staff("mara", "jonas");
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");
  await jonas.opens();

  await jonas.page.getByRole("button", { name: "Pass" }).click();

  await jonas.sees("You passed this on");
  await expect(jonas.conversation.getByText("Nobody has it yet. You can take it over all the same.")).toBeVisible();
  await expect(jonas.rows).toContainText("You passed this on");
  await expect(mara.rows).toContainText("Asked for a person");
  await expect(mara.rows).not.toContainText("passed this on");
  await mara.opens();
  await mara.sees("Jonas Weber passed this on");
  await expect(mara.takeOver).toBeVisible();
  await jonas.page.reload();
  await expect(jonas.rows).toContainText("You passed this on");
  // The visitor waits on and hears nothing of it.
  await expect(visitor.line).toHaveText(/^You are next/);
  expect((await visitor.lines()).join()).not.toContain("passed");
});

test("who accepts no chats is given none, and gets those that wait as soon as they do", async () => {
  const mara = await here.desk.owner(routing("auto"));
  const [jonas] = await here.desk.staff("jonas");
  await jonas.accepts.click();
  await expect(jonas.accepts).not.toBeChecked();

  const first = await here.desk.visitor();
  await first.says("I want to talk to a human");

  await first.isJoinedBy(mara);
  await mara.shows("Active");
  await expect(mara.rows).toHaveCount(1);

  await mara.accepts.click();
  await expect(mara.accepts).not.toBeChecked();
  const second = await here.desk.visitor();
  await second.says("I need a human, too");
  await expect(second.line).toHaveText(/^You are next/);
  await expect(jonas.rows).toHaveCount(1);
  await jonas.opens();
  await expect(jonas.conversation.getByText("Nobody has this yet")).toBeVisible();

  await jonas.accepts.click();

  await second.isJoinedBy(jonas);
  await jonas.sees("Assigned to you");
  await jonas.says("Hello, what is it about?");
  await second.sees("Hello, what is it about?");
});
