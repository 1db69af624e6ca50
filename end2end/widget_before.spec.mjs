// The form before the chat: until it is sent nothing is kept of the visitor, in their browser or by the hub.
import { expect, test } from "./support/story.mjs";
import { PHONE, deskOfEach } from "./support/desk.mjs";
import { Visitor } from "./support/people.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);
const CONSENT = "You may store what I write here to answer me.";

/** What the frame keeps, by the names of it. */
const kept = (visitor) =>
  visitor.chat.locator("html").evaluate(() =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith("baton."))
      .map((name) => name.split(".").slice(2).join("."))
      .sort(),
  );

/** Somebody who comes and opens the chat, which asks first. */
async function comes(options) {
  const { desk } = here;
  const mara = await desk.owner(({ before }) => {
    Object.assign(before, {
      enabled: true,
      email: "required",
      custom: [{ label: "Order number", required: false }],
      consent: { text: CONSENT, url: "https://shop.example/privacy" },
    });
  });
  const visitor = await Visitor.arrive(desk.browser, desk.server, { watch: desk.watch, ...options });
  const sockets = [];
  visitor.page.on("websocket", (socket) => sockets.push(socket.url()));
  await visitor.launcher.click();
  const form = visitor.chat.getByRole("form", { name: "Baton" });
  await expect(form).toBeVisible();
  return { mara, visitor, form, sockets };
}

test("widget: who the visitor is is asked first, and nothing is kept before they agree", async () => {
  const { mara, visitor, form, sockets } = await comes();
  await shoot(visitor.page, "widget-before", DESK_AND_PHONE);
  await form.getByLabel("Name").fill("Mira Berg");
  await form.getByRole("button", { name: "Begin the chat" }).click();
  await expect(form.getByRole("alert")).toHaveText("This is needed.");
  await expect(form.getByLabel("E-mail")).toBeFocused();
  await form.getByLabel("E-mail").fill("mira");
  await form.getByRole("button", { name: "Begin the chat" }).click();
  await expect(form.getByRole("alert")).toContainText("This is not an e-mail address yet");
  await form.getByLabel("E-mail").fill("mira@example.org");
  await form.getByRole("button", { name: "Begin the chat" }).click();
  await expect(form.getByRole("alert")).toHaveText("Please agree first.");
  await shoot(visitor.page, "widget-before-wrong", DESK_AND_PHONE);
  expect(await kept(visitor)).toEqual([]);
  expect(sockets).toEqual([]);
  // The browser says of each what the form says better.
  here.desk.watch.forgive("status of 422");

  // Agreed to, it is kept over a reload.
  await form.getByRole("checkbox", { name: CONSENT }).check();
  await form.getByLabel("Order number").fill("A-17");
  expect(await kept(visitor)).toEqual(["before"]);
  await visitor.page.reload();
  await visitor.launcher.click();
  await expect(form.getByLabel("E-mail")).toHaveValue("mira@example.org");
  await expect(form.getByRole("checkbox", { name: CONSENT })).toBeChecked();
  await form.getByRole("button", { name: "Begin the chat" }).click();
  await expect(visitor.panel).toBeVisible();
  await visitor.isConnected();
  await visitor.says("Can I talk to a person?");
  await mara.rows.filter({ hasText: "Mira Berg" }).click();
  const panel = mara.page.getByRole("complementary", { name: "Contact and details" });
  await expect(panel).toContainText("mira@example.org");
  await expect(panel).toContainText("A-17");
  await expect.poll(() => kept(visitor)).not.toContain("introduced");

  // Who is known is not asked again.
  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("Can I talk to a person?");
  await expect(form).toHaveCount(0);
  expect(obstacles).toEqual({});
});

test("widget: on a phone the form is closed and opened like the chat", async () => {
  const { visitor, form } = await comes(PHONE);
  await form.getByRole("checkbox", { name: CONSENT }).check();
  await form.getByLabel("E-mail").fill("mira@example.org");
  await visitor.chat.getByRole("button", { name: "Close chat" }).click();
  await expect(form).toBeHidden();
  await visitor.launcher.click();
  await expect(form.getByLabel("E-mail")).toHaveValue("mira@example.org");
  await form.getByRole("button", { name: "Begin the chat" }).click();
  await visitor.isConnected();
  await visitor.says("Here I am.");
});
