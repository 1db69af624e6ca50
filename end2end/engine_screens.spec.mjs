// The states that the handoff engine adds, at the widths they are designed for and in both colour schemes:
// nothing keeps anybody out, nothing is cut off, no console complains.
import { expect, test } from "./support/story.mjs";
import { Desk } from "./support/desk.mjs";
import { closedToday } from "./support/settings.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.describe.configure({ mode: "serial" });
test.use({ trace: "off" });

let desk, mara, jonas, visitor, second;

test.beforeAll(async ({ browser }) => {
  desk = await Desk.open(browser);
  mara = await desk.owner();
  [jonas] = await desk.staff("jonas");
  visitor = await desk.visitor();
});

test.afterAll(async ({}, testInfo) => desk?.close(testInfo));

/** Opens the only row of a tab on its own page. */
async function opensIn(agent, tab) {
  await agent.page.goto("/inbox");
  await agent.isConnected();
  await agent.shows(tab);
  await agent.opens();
}

test("the assistant asks whether to fetch a person", async () => {
  await visitor.says("Does Baton work without the internet?");
  await visitor.says("Do you have human support?");
  await expect(visitor.proposal).toBeVisible();

  await shoot(visitor.page, "widget-proposal", DESK_AND_PHONE);
  await visitor.proposal.getByRole("button", { name: "No, thanks" }).click();
});

test("the line with an estimate, once a few chats are over", async () => {
  for (let chat = 1; chat <= 3; chat += 1) {
    const earlier = await desk.visitor();
    await earlier.says("I want to talk to a human");
    await mara.shows("Pending");
    await mara.opens();
    await mara.takesOver();
    await mara.restore.click();
    await expect(earlier.line).toHaveText("You are talking to the assistant");
  }
  second = await desk.visitor();
  await second.says("I want to talk to a human");
  await expect(second.line).toHaveText("You are next, about 1 minute");
  await visitor.wantsPerson.click();
  await expect(visitor.line).toHaveText(/^Waiting, 2nd in line, about \d+ minutes?$/);

  await shoot(visitor.page, "widget-estimate", DESK_AND_PHONE);
});

test("a request that one has passed on", async () => {
  await jonas.rows.first().click();
  await jonas.page.getByRole("button", { name: "Pass" }).click();
  await expect(jonas.rows.first()).toContainText("You passed this on");

  await shoot(jonas.page, "inbox-passed-on", DESK_AND_PHONE);
});

test("passing a conversation on, with what speaks against each colleague", async () => {
  await mara.rows.first().click();
  await mara.takesOver();
  await mara.does("Transfer");
  const dialog = mara.page.getByRole("dialog", { name: /^Transfer / });
  await dialog.getByRole("radio", { name: /^Jonas Weber/ }).check();
  await dialog.getByLabel("Note for the team").fill("Asks about the licence. Be patient, please.");

  await shoot(mara.page, "inbox-transfer", DESK_AND_PHONE);
  await mara.page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("taking a conversation from a colleague, and everything else that can be done with it", async () => {
  await jonas.page.goto("/inbox");
  await jonas.opens();
  await jonas.takesOver();
  await jonas.says("Hello, Jonas here.");
  await mara.shows("Active");
  await mara.rows.filter({ hasText: "Jonas Weber" }).click();
  await mara.page.getByRole("button", { name: "More actions" }).click();
  await expect(mara.page.getByRole("menu", { name: "Actions" })).toBeVisible();
  await shoot(mara.page, "inbox-actions", DESK_AND_PHONE);
  await mara.page.keyboard.press("Escape");

  await mara.does("Take over from Jonas Weber");
  const dialog = mara.page.getByRole("dialog", { name: /^Take .* over$/ });
  await expect(dialog).toBeVisible();
  await shoot(mara.page, "inbox-overtake", DESK_AND_PHONE);
  await mara.page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("the doctor's page", async () => {
  await mara.does("Why did nobody else get this?");
  await expect(mara.page.getByRole("heading", { name: /^Who could get/ })).toBeVisible();
  await expect(mara.page.getByRole("table")).toHaveCount(3);

  await shoot(mara.page, "doctor", DESK_AND_PHONE);
});

test("an offer, over the list and over a conversation", async () => {
  await desk.sets(mara, (settings) => Object.assign(settings.routing, { mode: "offer", offer_seconds: 600 }));
  await jonas.accepts.click();
  await expect(jonas.accepts).not.toBeChecked();
  await mara.page.goto("/inbox");
  await mara.isConnected();
  const third = await desk.visitor();
  await third.says("Can I talk to a person about the licence?");
  await expect(mara.offer).toBeVisible();

  await shoot(mara.page, "inbox-offer", DESK_AND_PHONE);

  await mara.shows("Active");
  await mara.rows.first().click();
  await expect(mara.log).toBeVisible();
  await shoot(mara.page, "inbox-offer-elsewhere", DESK_AND_PHONE);
  await mara.page.setViewportSize({ width: 390, height: 844 });
  await expect(mara.offer).toBeVisible();
  await mara.page.setViewportSize({ width: 1280, height: 800 });

  await mara.shows("Pending");
  await mara.opens();
  await shoot(mara.page, "inbox-offer-open", DESK_AND_PHONE);
  await jonas.shows("Pending");
  await jonas.opens();
  await shoot(jonas.page, "inbox-asked", DESK_AND_PHONE);
});

test("the form for details: at first, refused, and sent", async () => {
  await desk.sets(mara, (settings) => {
    closedToday(settings);
    settings.form.phone = "optional";
    settings.form.consent = "You may keep this to answer me.";
  });
  const late = await desk.visitor();
  await late.says("Can I talk to a person?");
  await expect(late.form).toBeVisible();
  await shoot(late.page, "widget-form", DESK_AND_PHONE);

  await late.leaves({ Name: "Rosa Blum", "E-mail": "rosa at example", Message: "When does my order come?\nIt is number 1207." });
  await expect(late.form.getByRole("checkbox")).toBeFocused();
  await late.form.getByRole("checkbox").check();
  await late.leaves({});
  await expect(late.form.getByLabel("E-mail")).toBeFocused();
  await shoot(late.page, "widget-form-refused", DESK_AND_PHONE);

  await late.leaves({ "E-mail": "rosa@example.org", Phone: "+41 44 668 18 00" });
  await expect(late.line).toHaveText("We will answer by mail");
  await shoot(late.page, "widget-by-mail", DESK_AND_PHONE);
});

test("what was missed, with the details that were left", async () => {
  await opensIn(mara, "Missed");
  await expect(mara.details).toBeVisible();

  await shoot(mara.page, "inbox-missed", DESK_AND_PHONE);

  await mara.page.goto("/inbox");
  await mara.isConnected();
  await mara.shows("Missed");
  await expect(mara.rows).toHaveCount(1);
  await shoot(mara.page, "inbox-missed-list", DESK_AND_PHONE);
});

test("nothing keeps anybody out", () => {
  expect(obstacles).toEqual({});
});
