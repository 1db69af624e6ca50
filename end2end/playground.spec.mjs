// The playground: somebody is the visitor and the agents of a chatbot at once, and plays its scenes.
import { expect, test } from "./support/story.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { ALL, DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.afterAll(() => expect(obstacles).toEqual({}));

test.use({ trace: "off" });

const here = deskOfEach(test);

/** The parts of the page. */
function parts(page) {
  const visitor = page.getByTitle("Visitor", { exact: true }).contentFrame().getByTitle("Chat", { exact: true }).contentFrame();
  const inbox = (name) => page.getByTitle(`Inbox of ${name}`).contentFrame();
  return {
    visitor,
    box: visitor.getByRole("textbox", { name: "Your message" }),
    log: page.getByRole("log", { name: "What happened" }),
    alex: inbox("Alex Agent"),
    robin: inbox("Robin Agent"),
    scene: (name) => page.getByRole("button", { name, exact: true }),
  };
}

async function begins(page) {
  await page.goto("/chatbots");
  await page.getByRole("link", { name: "Playground" }).click();
  await expect(page.getByRole("heading", { name: "Playground", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Try Baton" }).click();
  const all = parts(page);
  await expect(all.box).toBeVisible();
  await expect(all.alex.getByText("Nobody is waiting").first()).toBeVisible();
  return all;
}

async function says(box, text) {
  await box.fill(text);
  await box.press("Enter");
  await expect(box).toHaveValue("");
}

test("playground: a request is seen on both sides, and the real inbox hears nothing", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  await page.goto("/playground");
  await expect(page.getByRole("button", { name: "Try Baton" })).toBeVisible();
  await shoot(page, "playground-choose", DESK_AND_PHONE);
  const { box, visitor, alex, log } = await begins(page);
  await shoot(page, "playground-new", ALL);

  await says(box, "Can I talk to a person?");
  await expect(log).toContainText("Visitor asked for a person");
  await alex.getByRole("link", { name: /Can I talk to a person/ }).first().click();
  await alex.getByRole("button", { name: /^(Take over|Accept)/ }).first().click();
  await expect(log).toContainText("Alex Agent took over");
  await alex.getByRole("textbox", { name: /Reply/ }).fill("Hello, this is Alex.");
  await alex.getByRole("button", { name: "Send", exact: true }).click();
  await expect(visitor.getByRole("log")).toContainText("Hello, this is Alex.");
  await expect(log).toContainText("Alex Agent: “Hello, this is Alex.”");
  await shoot(page, "playground-talk", ALL);

  // The two agents of the playground know of each other and of nobody else.
  const colleagues = alex.locator(".faces[title]");
  await expect(colleagues).toHaveCount(1);
  await expect(colleagues).toHaveAttribute("title", /^Robin Agent/);

  await page.getByRole("button", { name: "End", exact: true }).click();
  // Whoever works by keys goes on at what begins one again.
  await expect(page.getByRole("button", { name: "Try Baton" })).toBeFocused();
  await page.goto("/inbox");
  await expect(page.getByText("Nobody is waiting").first()).toBeVisible();
});

test("playground: its scenes are played", async () => {
  const { desk } = here;
  const [mara] = await desk.staff("mara");
  const { page } = mara;
  const { box, log, scene } = await begins(page);

  await scene("Two agents race").click();
  await expect(page.getByText("Nobody waits for an agent.")).toBeVisible();

  await scene("Frustrated customer").click();
  await expect(log).toContainText("My order still is not here.");
  await expect(log).toContainText("Visitor asked for a person", { timeout: 20_000 });
  await scene("Two agents race").click();
  await expect(log).toContainText("did not get it and was told:");
  await expect(log).toContainText(/(Alex|Robin) Agent got it/);
  await shoot(page, "playground-race", DESK_AND_PHONE);

  await scene("Agent vanishes").click();
  await expect(scene("Agent vanishes")).toBeDisabled();
  await expect(log).toContainText("was gone for too long; the chat waits again", { timeout: 20_000 });
  await shoot(page, "playground-vanish", DESK_AND_PHONE);
  await scene("Agent comes back").click();
  await expect(log).toContainText("can connect again");

  await scene("+15 min").click();
  await expect(log).toContainText("15 minutes pass");

  // Always open so far: the copy keeps hours of its own from then on.
  await scene("Until it closes").click();
  await expect(log).toContainText("this copy keeps business hours from now on");
  await expect(log).toContainText("It is closed now");
  await expect(scene("Until it opens")).toBeVisible();

  // By keys it goes step by step, and what it comes to is told once.
  await page.getByLabel("Network").focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
  await expect(log).toContainText("The network is 40% bad now");
  await expect(log.getByRole("listitem").filter({ hasText: "The network is" })).toHaveCount(1);
  await says(box, "Slowly, but surely");
  await expect(log).toContainText("Slowly, but surely", { timeout: 30_000 });
  await page.getByLabel("Network").fill("0");
  await expect(log).toContainText("The network is 0% bad now");
  await scene("Begin again").click();
  await expect(log.getByRole("listitem")).toHaveCount(1);
  // What was cut on purpose is told by the console too.
  desk.watch.forgive("status of 503", "status of 404", "status of 401", "WebSocket connection to");
});

test("playground: out of hours, by a clock that is turned", async () => {
  const { desk } = here;
  const mara = await desk.owner((settings) => {
    settings.hours.enabled = true;
    settings.hours.outside = "form";
  });
  const { page } = mara;
  const { box, log, scene } = await begins(page);
  // It may be either at first.
  const closes = scene("Until it closes");
  if (await scene("Until it opens").isVisible()) await scene("Until it opens").click();
  await closes.click();
  await expect(log).toContainText("It is closed now");
  await says(box, "Can I talk to a person?");
  await expect(log).toContainText("Missed: Outside the opening hours");
  await shoot(page, "playground-closed", DESK_AND_PHONE);
  desk.watch.forgive("status of 404", "status of 401", "WebSocket connection to");
});
