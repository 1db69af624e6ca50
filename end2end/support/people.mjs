// The people of the stories: what each of them sees and does, in the words on their screens.
import { expect } from "@playwright/test";
import { SlowNews } from "./slow_news.mjs";

export const PASSWORD = "pass the baton on";

/** The demo's team. */
export const TEAM = {
  mara: { name: "Mara Lindt", initials: "ML", email: "mara@demo.example" },
  jonas: { name: "Jonas Weber", initials: "JW", email: "jonas@demo.example" },
  priya: { name: "Priya Nair", initials: "PN", email: "priya@demo.example" },
};

// The launcher hides its inside from the page around; a test has to look in.
function openShadowRoots() {
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    return attach.call(this, { ...options, mode: "open" });
  };
}

/** A browser of somebody's own, watched from the first moment. */
async function browserOf(browser, server, watch, options) {
  const context = await browser.newContext({ baseURL: server.url, ...options });
  await watch?.over(context);
  return context;
}

/** The lines of a log, each as its reader sees it. */
const linesOf = async (log) =>
  (await log.getByRole("listitem").allInnerTexts()).map((line) => line.replaceAll(/\s+/g, " "));

export class Visitor {
  /** Somebody who comes to the demo's page. */
  static async arrive(browser, server, { watch, path = "/demo", chatbot, ...options } = {}) {
    const context = await browserOf(browser, server, watch, options);
    await context.addInitScript(openShadowRoots);
    const visitor = new Visitor(await context.newPage(), chatbot);
    await visitor.page.goto(path);
    return visitor;
  }

  constructor(page, chatbot = "Baton") {
    this.page = page;
    this.context = page.context();
    this.launcher = page.getByRole("button", { name: /^(Open|Close) chat/ });
    const chat = page.getByTitle("Chat", { exact: true }).contentFrame();
    this.chat = chat;
    this.panel = chat.getByRole("dialog", { name: `Chat with ${chatbot}` });
    this.line = this.panel.getByRole("status").first();
    this.log = chat.getByRole("log");
    this.box = chat.getByRole("textbox", { name: "Your message" });
    this.wantsPerson = chat.getByRole("button", { name: "Talk to a human" });
    this.proposal = chat.getByRole("group", { name: "Shall I fetch a person?" });
    this.form = chat.getByRole("form", { name: "Leave your details" });
  }

  async opens() {
    await this.launcher.click();
    await expect(this.panel).toBeVisible();
    await this.isConnected();
  }

  async closes() {
    await this.panel.getByRole("button", { name: "Close chat" }).click();
    await expect(this.panel).toBeHidden();
  }

  async isConnected() {
    await expect(this.line).not.toHaveText(/^(Connecting|Offline)/);
  }

  /** Types and sends, whether or not it can go out. */
  async writes(text) {
    await this.box.fill(text);
    await this.box.press("Enter");
    await expect(this.box).toHaveValue("");
  }

  /** Types and sends, and sees it arrive: the mark of a message under way is gone. */
  async says(text, shown = text) {
    await this.writes(text);
    await this.sees(shown);
    await expect(this.log.getByText("Sending", { exact: true })).toHaveCount(0);
  }

  /** Fills the form for an answer later, by the names of its fields, and sends it. */
  async leaves(details) {
    for (const [field, text] of Object.entries(details)) await this.form.getByLabel(field).fill(text);
    await this.form.getByRole("button", { name: "Send" }).click();
  }

  /** Sees that these people came, one after the other. */
  async isJoinedBy(...people) {
    for (const { name } of people) await this.sees(`${name} has joined`);
    await expect(this.line).toHaveText(`You are talking to ${people.at(-1).name}`);
  }

  async sees(text, options) {
    await expect(this.log).toContainText(text, options);
  }

  /** All lines of the conversation. */
  lines() {
    return linesOf(this.log);
  }
}

export class Agent {
  /** Somebody of the team, signed in and connected. */
  static async signIn(browser, server, member, { watch, ...options } = {}) {
    const context = await browserOf(browser, server, watch, options);
    const agent = new Agent(await context.newPage(), member);
    agent.news = await SlowNews.on(agent.page);
    await agent.page.goto("/inbox");
    await agent.passes(member.email, PASSWORD);
    await agent.isConnected();
    return agent;
  }

  constructor(page, member) {
    this.page = page;
    this.context = page.context();
    Object.assign(this, member);
    this.list = page.getByRole("region", { name: "Conversations" });
    this.moreLists = this.list.getByRole("button", { name: /^More lists/ });
    this.rows = this.list.getByRole("tabpanel").getByRole("link");
    this.availability = page.getByTitle("Your availability");
    this.conversation = page.getByRole("main");
    this.log = page.getByRole("log", { name: "Messages" });
    this.takeOver = page.getByRole("button", { name: "Take over" });
    this.reply = page.getByRole("textbox", { name: "Reply to" });
    this.note = page.getByRole("textbox", { name: "Note for the team" });
    this.banner = page.getByText(/Connection lost .* ago/);
    this.restore = page.getByRole("button", { name: "Restore to AI" });
    this.offer = page.getByRole("region", { name: /^Offered to you: / });
    this.accepts = page.getByRole("switch", { name: "Accept chats" });
    this.details = page.getByLabel("Details for an answer");
  }

  /** Fills the form at the door and is let in. */
  async passes(email, password) {
    await this.page.getByLabel("E-mail").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await expect(this.page).toHaveURL(/\/inbox$/);
  }

  async isConnected() {
    await expect(this.availability).toHaveText(/Online|Away|Offline/);
  }

  tab(name) {
    return this.list.getByRole("tab", { name });
  }

  /** Shows a list; one that has no tab of its own is behind the button for more. */
  async shows(tab) {
    if ((await this.tab(tab).count()) === 0) {
      await this.moreLists.click();
      const menu = this.page.getByRole("menu", { name: "More lists" });
      await menu.getByRole("menuitem", { name: tab }).click();
    } else {
      await this.tab(tab).click();
    }
    await expect(this.tab(tab)).toHaveAttribute("aria-selected", "true");
  }

  /** Sees how many requests were missed, whatever list is shown. */
  async isToldOfMissed(count) {
    await expect(this.moreLists).toHaveAccessibleName(`More lists, ${count} missed`);
  }

  /** Opens the only conversation of the tab on screen. */
  async opens() {
    await this.rows.click();
    await expect(this.log).toBeVisible();
  }

  /** Takes over what is open. */
  async takesOver() {
    await this.takeOver.click();
    await expect(this.reply).toBeFocused();
  }

  /** Types and sends, whether or not it can go out. */
  async writes(text) {
    await this.reply.fill(text);
    await this.reply.press("Enter");
    await expect(this.reply).toHaveValue("");
  }

  /** Types and sends, and sees it arrive. */
  async says(text, shown = text) {
    await this.writes(text);
    await this.sees(shown);
    await expect(this.log.getByText("Sending", { exact: true })).toHaveCount(0);
  }

  async notes(text, shown = text) {
    await this.page.getByRole("group", { name: "Write as" }).getByRole("button", { name: "Note" }).click();
    await this.note.fill(text);
    await this.page.getByRole("button", { name: "Save note" }).click();
    await expect(this.log.getByText("Sending", { exact: true })).toHaveCount(0);
    await this.sees(shown);
  }

  /** Does something with what is open that its head keeps in a menu. */
  async does(way) {
    await this.page.locator(".other-ways").click();
    await this.page.getByRole("menu", { name: "Actions" }).getByRole("menuitem", { name: way }).click();
  }

  async chooses(availability) {
    await this.availability.click();
    const menu = this.page.getByRole("menu", { name: "Your availability" });
    await menu.getByRole("menuitem", { name: availability }).click();
    await expect(this.availability).toContainText(availability);
  }

  /** What is said of a colleague beside their face. */
  colleague(name) {
    return this.page.getByRole("banner").getByTitle(name);
  }

  async sees(text, options) {
    await expect(this.log).toContainText(text, options);
  }

  lines() {
    return linesOf(this.log);
  }
}
