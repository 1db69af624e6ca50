// Nobody can come now: the visitor leaves details, the team finds them. And settings that change while
// somebody looks.
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";
import { closedToday } from "./support/settings.mjs";

const here = deskOfEach(test);

const OUT_OF_HOURS = "Our team is not here right now.";
const NOT_AN_ADDRESS = "This is not an e-mail address yet, such as ana@example.org.";

test("out of hours the visitor leaves details on a phone, and the team finds them in Missed", async () => {
  const mara = await here.desk.owner(closedToday);
  const visitor = await here.desk.visitor(PHONE);

  await visitor.says("Can I talk to a person?");

  await visitor.sees(OUT_OF_HOURS);
  await expect(visitor.line).toHaveText("Nobody is there right now");
  await expect(visitor.form).toBeVisible();
  await mara.isToldOfMissed(1);
  await expect(mara.tab("Pending")).toHaveText(/^Pending\s*$/);
  await mara.shows("Missed");
  await expect(mara.rows).toContainText("Outside the opening hours");
  await expect(mara.rows).not.toContainText("left details");

  // What is missing, and what is no address, is said at its field and nothing is sent.
  await visitor.leaves({ Name: "Rosa Blum" });
  await expect(visitor.form.getByLabel("E-mail")).toBeFocused();
  await expect(visitor.form.getByLabel("E-mail")).toHaveAccessibleDescription("This is needed.");
  await visitor.leaves({ "E-mail": "rosa at example" });
  await expect(visitor.form.getByLabel("E-mail")).toHaveAccessibleDescription(NOT_AN_ADDRESS);
  await expect(visitor.form.getByLabel("E-mail")).toBeFocused();
  await expect(visitor.form.getByLabel("Name")).toHaveValue("Rosa Blum");

  // What was typed outlives a reload.
  await visitor.form.getByLabel("Message").fill("When does my order come?");
  await visitor.page.reload();
  await visitor.opens();
  await expect(visitor.form.getByLabel("Message")).toHaveValue("When does my order come?");
  await visitor.leaves({ "E-mail": "rosa@example.org" });

  await visitor.sees("Thank you. We will answer by mail.");
  await expect(visitor.form).toHaveCount(0);
  await expect(visitor.line).toHaveText("We will answer by mail");
  await expect(mara.rows).toContainText("left details");
  await mara.opens();
  await expect(mara.conversation.getByText("Details were left for an answer.")).toBeVisible();
  await expect(mara.details).toContainText("Rosa Blum");
  await expect(mara.details.getByRole("link", { name: "rosa@example.org" })).toHaveAttribute(
    "href",
    "mailto:rosa@example.org",
  );
  await expect(mara.details).toContainText("When does my order come?");
});

test("out of hours the assistant goes on where it is set to, and nobody is asked for anything", async () => {
  const mara = await here.desk.owner((settings) => {
    closedToday(settings);
    settings.hours.outside = "ai_continue";
  });
  const visitor = await here.desk.visitor();

  await visitor.says("Can I talk to a person?");

  await visitor.sees(OUT_OF_HOURS);
  await expect(visitor.line).toHaveText("You are talking to the assistant");
  await expect(visitor.form).toHaveCount(0);
  await visitor.says("Can a message arrive twice?");
  await visitor.sees("every message carries a key that its sender made");
  await expect(mara.list).toContainText("Nobody is waiting");
});

test("with nobody there the visitor leaves what the owner asks for", async () => {
  const mara = await here.desk.owner((settings) => {
    settings.queue.nobody = "form";
    settings.form.phone = "required";
    settings.form.email = "off";
    settings.form.custom = [{ label: "Order number", required: true }];
    settings.form.consent = "You may call me about this.";
  });
  await mara.chooses("Offline");
  const visitor = await here.desk.visitor();

  await visitor.says("Let me talk to a human");

  await visitor.sees("No agents are currently available.");
  await expect(visitor.form.getByLabel("E-mail")).toHaveCount(0);
  await visitor.leaves({ Phone: "+41 44 668 18 00", "Order number": "A-1207" });
  await expect(visitor.form.getByRole("checkbox")).toHaveAccessibleDescription("Please agree first.");
  await visitor.form.getByRole("checkbox").check();
  await visitor.leaves({});
  await expect(visitor.line).toHaveText("We will answer by mail");
  await mara.shows("Missed");
  await expect(mara.rows).toContainText("Nobody was there, left details");
  await mara.opens();
  await expect(mara.details.getByRole("link")).toHaveAttribute("href", "tel:+41446681800");
  await expect(mara.details).toContainText("A-1207");
});

test("a setting that is changed shows in open chats without a reload", async () => {
  const mara = await here.desk.owner();
  const visitor = await here.desk.visitor();
  await expect(visitor.chat.getByText("Hello. Ask me anything about Baton.")).toBeVisible();

  await here.desk.sets(mara, (settings) => (settings.messages.texts.greeting = "Good morning. What is it about?"));

  await expect(visitor.chat.getByText("Good morning. What is it about?")).toBeVisible();

  await visitor.says("Can a message arrive twice?");
  await visitor.sees("every message carries a key that its sender made");
  await expect(visitor.wantsPerson).toBeVisible();

  await here.desk.sets(mara, (settings) => (settings.handoff.button = false));
  await expect(visitor.wantsPerson).toBeHidden();

  await here.desk.sets(mara, (settings) => Object.assign(settings.handoff, { button: true, button_after: 4 }));
  await visitor.says("How do I back up Baton?");
  await visitor.sees("Backup, updates and PostgreSQL");
  await expect(visitor.wantsPerson).toBeVisible();
});
