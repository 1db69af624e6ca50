// What takes a minute because nobody does anything. These stories run beside the others, which is why
// each has a server of its own.
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";

const here = deskOfEach(test);

// The shortest deadline is a minute, and so is the grace of an agent who is gone.
const A_MINUTE = { timeout: 90_000 };

test("nobody comes in time: details are asked for, and a late answer still arrives", async () => {
  const mara = await here.desk.owner((settings) => (settings.queue.deadline_minutes = 1));
  const visitor = await here.desk.visitor(PHONE);
  await visitor.says("I want to talk to a human");
  await expect(visitor.line).toHaveText(/^You are next/);
  await expect(visitor.form).toHaveCount(0);

  await visitor.sees("We are sorry, nobody could join in time.", A_MINUTE);

  await expect(visitor.form).toBeVisible();
  await expect(visitor.line).toHaveText("Nobody is there right now");
  await expect(mara.list).toContainText("Nobody is waiting");
  await mara.isToldOfMissed(1);
  await mara.shows("Missed");
  await expect(mara.rows).toContainText("Nobody came in time");
  await mara.opens();
  await expect(mara.conversation.getByText("The visitor is on the page now.")).toBeVisible();

  await mara.takesOver();
  await mara.says("Sorry for the wait. What can I do for you?");

  await visitor.isJoinedBy(mara);
  await visitor.sees("Sorry for the wait. What can I do for you?");
  await expect(visitor.form).toHaveCount(0);
  await visitor.says("Thank you for coming after all.");
  await mara.sees("Thank you for coming after all.");
  await expect(mara.tab("Missed")).toHaveText(/^Missed\s*$/);
});

test("where it is set so, details are asked for and the visitor waits on", async () => {
  const mara = await here.desk.owner((settings) =>
    Object.assign(settings.queue, { deadline_minutes: 1, on_deadline: "keep_waiting" }),
  );
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");

  await expect(visitor.form).toBeVisible(A_MINUTE);

  await expect(visitor.line).toHaveText(/^You are next/);
  await expect(mara.rows).toHaveCount(1);
  await visitor.leaves({ "E-mail": "rosa@example.org" });
  await visitor.sees("Thank you. We will answer by mail.");
  await mara.opens();
  await expect(mara.details).toContainText("rosa@example.org");
  await mara.takesOver();
  await visitor.isJoinedBy(mara);
});

test("an agent closes the laptop: the chat goes back with its whole wait, and a colleague takes it", async () => {
  const mara = await here.desk.owner((settings) => (settings.routing.requeue_minutes = 1));
  const [jonas] = await here.desk.staff("jonas");
  const visitor = await here.desk.visitor();
  const askedAt = Date.now();
  await visitor.says("I want to talk to a human");
  await mara.opens();
  await mara.takesOver();
  await visitor.isJoinedBy(mara);
  await visitor.says("Are you there?");
  await mara.sees("Are you there?");
  await expect(jonas.list).toContainText("Nobody is waiting");

  await mara.context.close();

  await expect(jonas.tab("Pending")).toHaveText(/Pending\s*1/, A_MINUTE);
  await expect(jonas.colleague("Mara Lindt: offline")).toBeVisible();
  // The clock shows the whole wait: it did not begin anew.
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(await jonas.rows.innerText());
  const waited = (Date.now() - askedAt) / 1000;
  const shown = Number(minutes) * 60 + Number(seconds);
  expect(shown).toBeGreaterThan(55);
  expect(shown).toBeLessThanOrEqual(waited + 1);
  await expect(visitor.line).toHaveText(/^You are next/);
  await visitor.sees("Mara Lindt left, somebody else will answer");

  await jonas.opens();
  await jonas.sees("Mara Lindt was gone for too long");
  await jonas.takesOver();

  await visitor.isJoinedBy(mara, jonas);
  await jonas.says("I am here now.");
  await visitor.sees("I am here now.");
});

test("an agent whose network breaks keeps the chat when they are back in time", async () => {
  const mara = await here.desk.owner((settings) => (settings.routing.requeue_minutes = 1));
  const visitor = await here.desk.visitor();
  await visitor.says("I want to talk to a human");
  await mara.opens();
  await mara.takesOver();
  await visitor.says("Are you there?");
  await mara.sees("Are you there?");

  await mara.context.setOffline(true);
  await expect(mara.banner).toBeVisible();
  await mara.writes("In a tunnel, one moment.");
  await mara.context.setOffline(false);

  await visitor.sees("In a tunnel, one moment.", { timeout: 30_000 });
  await expect(visitor.line).toHaveText("You are talking to Mara Lindt");
  await expect(mara.tab("Active")).toHaveText(/Active\s*1/);
  here.desk.watch.forgive("ERR_INTERNET_DISCONNECTED", "WebSocket connection to");
});
