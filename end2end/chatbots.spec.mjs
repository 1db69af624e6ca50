// A chatbot's settings: inherited and its own, the look on the site, allowed sites, archiving.
import { expect, test } from "./support/story.mjs";
import { deskOfEach, PHONE } from "./support/desk.mjs";
import { Visitor } from "./support/people.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";
import { siteWith } from "./support/site.mjs";

test.use({ trace: "off" });

// What a rule refuses, a browser calls an error.
test.afterEach(() => here.desk.watch.forgive("422", "frame-ancestors"));

const here = deskOfEach(test);

test.afterAll(() => expect(obstacles).toEqual({}));

/** The owner at a section of the demo's chatbot, or of all. */
async function at(page, section, all) {
  await page.goto("/chatbots");
  const name = all ? /^All chatbots/ : /^Baton/;
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { name: "Look", level: 1 })).toBeVisible();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: new RegExp(`^${section}`) }).click();
  await expect(page.getByRole("heading", { name: section, level: 1 })).toBeVisible();
}

const saves = async (page) => {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. It holds from now on.")).toBeVisible();
  // The bar is gone, and whoever works by keys is still in the section.
  await expect(page.locator("#page")).toBeFocused();
};

test("chatbots: made, named, archived with a question, and brought back", async () => {
  const { desk } = here;
  const { page } = await desk.owner();
  const visitor = await desk.visitor();
  await page.getByRole("link", { name: "Chatbots" }).click();
  await expect(page.getByRole("heading", { name: "Chatbots", level: 1 })).toBeVisible();
  // A landmark has a name of its own, and the way back stands in one.
  await expect(page.getByRole("region", { name: "Chatbots", exact: true })).toHaveCount(1);
  await expect(page.getByRole("complementary").getByRole("link", { name: "Go to the inbox" })).toBeVisible();
  await page.getByRole("textbox", { name: "Name of a new chatbot" }).fill("Outlet");
  await page.getByRole("button", { name: "Add a chatbot" }).click();
  await expect(page.getByRole("link", { name: /^Outlet/ })).toBeVisible();
  await page.getByRole("button", { name: "Rename Outlet" }).click();
  await page.getByRole("textbox", { name: "Name of the chatbot" }).fill("Outlet store");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: /^Outlet store/ })).toBeVisible();

  await page.getByRole("button", { name: "Archive Baton" }).click();
  await expect(page.getByText("Its conversations stay.").first()).toBeVisible();
  await shoot(page, "chatbots", DESK_AND_PHONE);
  await page.getByRole("group", { name: "Archive Baton" }).getByRole("button", { name: "Archive it now" }).click();
  await expect(page.getByRole("region", { name: "Archived" }).getByText("Baton")).toBeVisible();
  await expect(visitor.panel).toContainText("This chat is not available");
  await page.getByRole("button", { name: "Bring Baton back" }).click();
  await expect(page.getByRole("region", { name: "Archived" })).toHaveCount(0);
});

test("chatbots: the assistant learns a text and answers from it, until it forgets it", async () => {
  const { desk } = here;
  const { page } = await desk.owner();
  const visitor = await desk.visitor();
  await at(page, "Knowledge");
  const text = page.getByLabel(/^Paste text/);
  await page.getByRole("button", { name: "Teach it" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(text).toHaveAttribute("aria-invalid", "true");
  await text.fill("# Moonlight tours\n\nThe moonlight tour leaves at half past nine from the old pier.\n");
  await page.getByRole("button", { name: "Teach it" }).click();
  await expect(page.getByText("Learned. It answers from it from now on.")).toBeVisible();
  await expect(text).toHaveValue("");
  const learned = page.getByRole("listitem").filter({ hasText: "Moonlight tours" });
  await expect(learned).toContainText("1 passage");
  await visitor.says("When does the moonlight tour leave?");
  await expect(visitor.panel).toContainText("half past nine");
  await shoot(page, "chatbot-knowledge", DESK_AND_PHONE);

  // What is being written stays while one looks at another section, and whoever leaves is asked.
  await text.fill("# Half a thought");
  const sections = page.getByRole("navigation", { name: "Sections" });
  await sections.getByRole("link", { name: /^Privacy/ }).click();
  await sections.getByRole("link", { name: /^Knowledge/ }).click();
  await expect(text).toHaveValue("# Half a thought");
  await page.locator(".within").getByRole("link", { name: "Chatbots", exact: true }).click({ noWaitAfter: true });
  await expect.poll(() => desk.watch.dialogs.length).toBe(1);
  desk.watch.dialogs.length = 0;
  await text.fill("");

  await learned.getByRole("button", { name: "Forget Moonlight tours" }).click();
  await learned.getByRole("button", { name: "Really forget it?" }).click();
  await expect(page.getByText("Forgotten. It is not answered from any more.")).toBeVisible();
  await expect(learned).toHaveCount(0);
  // The button is gone, and its neighbour has the focus.
  await expect(page.getByRole("button", { name: /^Forget / }).first()).toBeFocused();
  await at(page, "Knowledge", true);
  await expect(page.getByText("Every chatbot knows its own.")).toBeVisible();
});

test("chatbots: what is set for all is inherited, overridden, and inherited again", async () => {
  const { desk } = here;
  const { page } = await desk.owner();
  await at(page, "Files", true);
  await page.getByLabel("Largest file").fill("7");
  await saves(page);
  await at(page, "Files");
  const block = page.getByRole("region", { name: "Files" });
  await expect(block).toContainText("As for all chatbots");
  await expect(page.getByLabel("Largest file")).toHaveValue("7");

  // What is wrong is said at its field, by the server, and nothing is saved.
  await page.getByLabel("Largest file").fill("700");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(block).toContainText("This has to be 1 to 100.");
  await expect(page.getByLabel("Largest file")).toHaveAttribute("aria-invalid", "true");
  await shoot(page, "chatbot-wrong", DESK_AND_PHONE);
  await page.getByLabel("Largest file").fill("3");
  await expect(page.getByText("1 part changed")).toBeVisible();
  await saves(page);
  await expect(block).toContainText("Set here");
  await page.reload();
  await expect(page.getByLabel("Largest file")).toHaveValue("3");
  await block.getByRole("button", { name: "As for all chatbots" }).press("Enter");
  await expect(page.getByLabel("Largest file")).toHaveValue("7");
  // The button is gone, and whoever works by keys is still where it was.
  await expect(block).toBeFocused();
  await saves(page);

  // Whoever leaves with something unsaved is asked.
  await page.getByLabel("Largest file").fill("5");
  await page.locator(".within").getByRole("link", { name: "Chatbots", exact: true }).click({ noWaitAfter: true });
  await expect.poll(() => desk.watch.dialogs.length).toBe(1);
  desk.watch.dialogs.length = 0;
  await expect(page.getByLabel("Largest file")).toHaveValue("5");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.locator("#page")).toBeFocused();
  await page.locator(".within").getByRole("link", { name: "Chatbots", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Chatbots", level: 1 })).toBeVisible();
});

test("chatbots: what is typed while it is saved stays, and an answer that is lost is nobody else's doing", async () => {
  const { desk } = here;
  const { page } = await desk.owner();
  await at(page, "Files");
  const field = page.getByLabel("Largest file");
  let answer;
  await page.route(
    "**/pages/save_settings*",
    async (route) => {
      const response = await route.fetch();
      await new Promise((go) => {
        answer = go;
      });
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  await field.fill("4");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(() => typeof answer).toBe("function");
  await field.fill("6");
  answer();
  await expect(page.getByRole("button", { name: "Save", exact: true })).not.toHaveAttribute("aria-busy", "true");
  await expect(field).toHaveValue("6");
  await expect(page.getByText("1 part changed")).toBeVisible();

  await page.route("**/pages/load_settings*", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".save-bar").getByRole("alert")).toBeVisible();
  await saves(page);
  desk.watch.forgive("ERR_FAILED");
  await page.reload();
  await expect(field).toHaveValue("6");
});

test("chatbots: somebody else saved meanwhile, and both changes hold", async () => {
  const { desk } = here;
  const mara = await desk.owner();
  const { page } = mara;
  await at(page, "Files");
  await page.getByLabel("Largest file").fill("4");
  await desk.sets(mara, (settings) => {
    settings.sites.allowed = ["shop.example"];
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Somebody else saved meanwhile.")).toBeVisible();
  await page.getByRole("button", { name: "Put mine on top" }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeFocused();
  await saves(page);
  await page.getByRole("link", { name: /^Allowed sites/ }).click();
  await expect(page.getByLabel("Sites, one a line")).toHaveValue("shop.example");
});

test("chatbots: a look is seen before it is saved, and on the site after", async ({ browser }) => {
  const { desk } = here;
  const { page } = await desk.owner();
  await at(page, "Look");
  // What is no colour is said when it is left, and not while it is typed.
  const colour = page.getByLabel("Colour", { exact: true });
  const wrong = page.getByText("This is not a colour, such as #0f7180.");
  for (const rubbish of ["#12345", "teal-ish"]) {
    await colour.fill(rubbish);
    await expect(wrong).toHaveCount(0);
    await colour.press("Tab");
    await expect(wrong).toBeVisible();
    await expect(colour).toHaveAttribute("aria-invalid", "true");
    await expect(colour).toHaveAccessibleDescription(/This is not a colour/);
    // It stays wrong whatever else is changed.
    await page.getByLabel("Initials of the assistant").fill(rubbish[1].toUpperCase());
    await expect(wrong).toBeVisible();
  }
  await colour.fill("#ffd400");
  await expect(wrong).toHaveCount(0);
  await expect(page.getByText("The text becomes dark")).toBeVisible();
  await page.getByLabel("Where it stands").selectOption("Left");
  await page.getByLabel("Words on the button").fill("Ask us");
  await page.getByLabel("Name that visitors see").fill("Skarn");
  await page.getByLabel("Initials of the assistant").fill("SK");
  await page.getByLabel("Light or dark").selectOption("Dark");
  const preview = page.frameLocator("iframe[title=Preview]");
  await expect(preview.getByRole("heading", { name: "Skarn", includeHidden: true })).toBeVisible();
  const fill = (button) => button.evaluate((button) => getComputedStyle(button).backgroundColor);
  await expect(preview.locator("div > button").last()).toHaveCSS("background-color", "rgb(255, 212, 0)");
  await shoot(page, "chatbot-look", DESK_AND_PHONE);
  await page.getByRole("button", { name: "Phone" }).click();
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await expect(preview.locator("html")).toHaveAttribute("data-theme", "dark");
  await shoot(page, "chatbot-look-phone", DESK_AND_PHONE);
  await saves(page);

  const context = await browser.newContext({ baseURL: desk.server.url });
  const shop = await context.newPage();
  const asked = [];
  shop.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await shop.goto("/demo");
  const launcher = shop.getByRole("button", { name: "Ask us: Open chat" });
  await expect(launcher).toBeVisible();
  expect(await fill(launcher)).toBe("rgb(255, 212, 0)");
  const { x } = await launcher.boundingBox();
  expect(x).toBe(20);
  expect(asked.filter((path) => path.startsWith("/widget/"))).toHaveLength(1);
  await launcher.click();
  const chat = shop.getByTitle("Chat", { exact: true }).contentFrame();
  await expect(chat.getByRole("heading", { name: "Skarn" })).toBeVisible();
  await expect(chat.locator("html")).toHaveAttribute("data-theme", "dark");
  await chat.getByRole("textbox").fill("Do you deliver?");
  await expect(chat.getByRole("button", { name: "Send" })).toHaveCSS("background-color", "rgb(255, 212, 0)");
  await shoot(shop, "look-on-site", DESK_AND_PHONE);
  await context.close();
});

test("chatbots: only allowed sites show the chat", async ({ browser }) => {
  const { desk } = here;
  const { page } = await desk.owner();
  await at(page, "Allowed sites");
  const [, chatbot] = /chatbots\/([0-9a-f-]{36})/.exec(page.url());
  const tag = `<script src="${desk.server.url}/widget/${chatbot}.js" data-chatbot="${chatbot}" async></script>`;
  const shop = await siteWith(tag, "localhost");
  await page.getByLabel("Sites, one a line").fill("not a site");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("This is not a site, such as shop.example.")).toBeVisible();
  await page.getByLabel("Sites, one a line").fill(new URL(shop.url).host);
  await saves(page);
  await shoot(page, "chatbot-sites", DESK_AND_PHONE);
  const allowed = await Visitor.arrive(browser, desk.server, { path: shop.url });
  await allowed.opens();
  await allowed.context.close();

  await page.getByLabel("Sites, one a line").fill("https://other.example");
  await saves(page);
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const refused = [];
  elsewhere.on("console", (message) => refused.push(message.text()));
  await elsewhere.goto(shop.url);
  await elsewhere.getByRole("button", { name: "Open chat" }).click();
  await expect.poll(() => refused.join()).toContain("frame-ancestors");
  await context.close();
  shop.close();
});

test("chatbots: greetings, hours, privacy and the rest are set on a phone as well", async ({ browser }) => {
  const { desk } = here;
  const { page } = await desk.owner();
  await at(page, "Messages");
  await page.getByLabel("Language", { exact: true }).selectOption("Deutsch (de)");
  await expect(page.getByLabel("Greeting")).toHaveValue("Hallo. Womit können wir helfen?");
  await page.getByLabel("Greeting").fill("Grüezi.");
  await saves(page);
  await shoot(page, "chatbot-messages", DESK_AND_PHONE);
  const context = await browser.newContext({ baseURL: desk.server.url, locale: "de-CH" });
  const guest = await context.newPage();
  await guest.goto("/demo");
  await guest.getByRole("button", { name: "Chat öffnen" }).click();
  await expect(guest.locator("iframe").contentFrame().getByText("Grüezi.")).toBeVisible();
  await context.close();

  await page.getByRole("link", { name: "Business hours" }).click();
  await expect(page.getByText("Open now")).toBeVisible();
  await page.getByRole("switch", { name: "People are there at certain times" }).check();
  await expect(page.getByRole("status").getByText(/(Open|Closed) now, until/)).toBeVisible();
  // A Thursday at noon and in the night, on the clock of the place; empty, it is about now again.
  await page.getByRole("button", { name: "Try another time" }).click();
  await expect(page.getByLabel("The time to try")).toBeFocused();
  await expect(page.getByRole("status").getByText(/(Open|Closed) now, until/)).toBeVisible();
  await page.getByLabel("The time to try").fill("2027-01-07T12:00");
  await expect(page.getByText("Open then, until Thursday 17:00")).toBeVisible();
  await page.getByLabel("The time to try").fill("2027-01-07T23:00");
  await expect(page.getByText("Closed then, until Friday 09:00")).toBeVisible();
  await shoot(page, "chatbot-hours-tried", DESK_AND_PHONE);
  await page.getByRole("button", { name: "Try another time" }).click();
  await expect(page.getByRole("status").getByText(/(Open|Closed) now, until/)).toBeVisible();
  // What cannot be read is said at its day once it is left, and what the server refuses is as well.
  const [monday, friday] = ["Monday", "Friday"].map((name) => page.getByRole("group", { name, exact: true }));
  const opens = page.getByRole("textbox", { name: "Monday, from" });
  await opens.fill("25:99");
  await expect(monday.getByRole("alert")).toHaveCount(0);
  await opens.press("Tab");
  await expect(monday.getByRole("alert")).toHaveText("Monday: This is not a time that works here. Write one such as 09:30.");
  await expect(opens).toHaveAttribute("aria-invalid", "true");
  await expect(opens).toHaveAccessibleDescription(/Monday: This is not a time/);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("link", { name: "needs a look" })).toBeVisible();
  await expect(monday.getByRole("alert")).toHaveCount(1);
  // By keys one comes to the field, from another section too.
  await page.getByRole("link", { name: "needs a look" }).press("Enter");
  await expect(opens).toBeFocused();
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Ratings" }).click();
  await expect(page.getByRole("heading", { name: "Ratings", level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "needs a look" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Business hours", level: 1 })).toBeVisible();
  await expect(opens).toBeFocused();
  await expect(opens).toHaveAttribute("aria-invalid", "true");
  await opens.fill("8:30");
  await expect(page.locator(".week").getByRole("alert")).toHaveCount(0);
  await friday.getByRole("button", { name: "More times on Friday" }).press("Enter");
  await expect(friday.getByRole("textbox", { name: "Friday, from" }).last()).toBeFocused();
  await expect(friday.getByRole("textbox", { name: "Friday, from" }).last()).toHaveValue("17:00");
  await friday.getByRole("button", { name: "More times on Friday" }).press("Enter");
  await expect(friday.getByRole("textbox", { name: "Friday, from" }).last()).toHaveValue("18:00");
  await friday.getByRole("textbox", { name: "Friday, from" }).last().press("Tab");
  await expect(friday.getByRole("alert")).toHaveCount(0);
  await friday.getByRole("button", { name: /out of Friday$/ }).last().click();
  await friday.getByRole("textbox", { name: "Friday, from" }).last().fill("16:00");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(friday.getByRole("alert")).toHaveText("Friday: This overlaps with another.");
  await expect(friday.getByRole("textbox", { name: "Friday, from" }).last()).toHaveAttribute("aria-invalid", "true");
  await expect(friday.getByRole("textbox", { name: "Friday, from" }).first()).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.locator(".week").getByRole("alert")).toHaveCount(1);
  // What is wrong elsewhere in the week is said beside it, and the one stays while the other is mended.
  await opens.fill("noon");
  await opens.press("Tab");
  await expect(monday.getByRole("alert")).toBeVisible();
  await expect(page.locator(".week").getByRole("alert")).toHaveCount(2);
  await shoot(page, "chatbot-hours-wrong", DESK_AND_PHONE);
  await opens.fill("8:30");
  await expect(friday.getByRole("alert")).toBeVisible();
  await friday.getByRole("textbox", { name: "Friday, from" }).last().fill("17:30");
  await expect(page.locator(".week").getByRole("alert")).toHaveCount(0);
  // Of the holidays the one is named that is none, and it is read out.
  const holidays = page.getByLabel("Holidays", { exact: true });
  await holidays.fill("2026-12-25 Christmas\n\n2026-02-30 Never");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "2026-02-30 Never: This is not a day" })).toHaveCount(1);
  await expect(holidays).toHaveAccessibleDescription(/2026-02-30 Never: This is not a day/);
  await holidays.fill("");
  await expect(page.getByRole("alert")).toHaveCount(0);
  // A night goes on in the row of the next day, and today's row has the time on it.
  const saturday = page.getByRole("group", { name: "Saturday", exact: true });
  await expect(saturday.locator("rect")).toHaveCount(0);
  await friday.getByRole("textbox", { name: "Friday, from" }).last().fill("22:00");
  await friday.getByRole("textbox", { name: "Friday, to" }).last().fill("6:00");
  await friday.getByRole("textbox", { name: "Friday, to" }).last().press("Tab");
  await expect(saturday.locator("rect")).toHaveAttribute("width", "360");
  await expect(page.locator(".week [aria-current=date]")).toHaveCount(1);
  await expect(page.locator(".week [aria-current=date] path")).toBeAttached();
  await shoot(page, "chatbot-hours", DESK_AND_PHONE);
  // Whoever takes times away by keys goes on at the next, and at the switch after the last.
  const away = friday.getByRole("button", { name: /^Take .* out of Friday$/ });
  await expect(away.last()).toHaveAccessibleName("Take 22:00 to 6:00 out of Friday");
  await away.last().press("Enter");
  await expect(away).toHaveCount(1);
  await expect(away).toBeFocused();
  await away.press("Enter");
  await expect(friday.getByRole("switch")).toBeFocused();
  await friday.getByRole("switch").press("Space");
  await saves(page);

  for (const section of ["Live chat", "Triggers", "Routing", "Waiting and closing", "Contact form", "Before the chat", "Ratings", "Privacy"]) {
    await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: section }).click();
    await expect(page.getByRole("heading", { name: section, level: 1 })).toBeVisible();
    await shoot(page, `chatbot-${section.toLowerCase().replaceAll(" ", "-")}`, DESK_AND_PHONE);
  }
  await page.getByLabel("Visitors' internet addresses").selectOption("not at all");
  await page.getByLabel("Your page about privacy").fill("https://shop.example/privacy");
  await saves(page);
  await page.setViewportSize(PHONE.viewport);
  await page.getByRole("link", { name: "All sections" }).click();
  await expect(page.getByRole("navigation", { name: "Sections" })).toBeVisible();
  await shoot(page, "chatbot-sections", DESK_AND_PHONE);
});

test("chatbots: an agent is not let in", async () => {
  const { desk } = here;
  const [jonas] = await desk.staff("jonas");
  await expect(jonas.page.getByRole("link", { name: "Chatbots" })).toHaveCount(0);
  await jonas.page.goto("/chatbots/all/look");
  await expect(jonas.page.getByRole("alert")).toBeVisible();
  await expect(jonas.page.getByRole("button", { name: "Save" })).toHaveCount(0);
});
