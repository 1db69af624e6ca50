// A demo server of a story's own with its people, and what must hold when the story is over.
import { expect, keepLogs, watchOver } from "./story.mjs";
import { Agent, TEAM, Visitor } from "./people.mjs";
import { Server } from "./server.mjs";
import { sets } from "./settings.mjs";

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

export class Desk {
  /** A server with the demo's team, none of them signed in. */
  static async open(browser, settings) {
    const desk = new Desk();
    desk.browser = browser;
    desk.server = await Server.demo(settings);
    desk.watch = watchOver(desk.server);
    return desk;
  }

  /** Members of the team sign in. */
  async staff(...members) {
    return Promise.all(
      members.map((member) => Agent.signIn(this.browser, this.server, TEAM[member], { watch: this.watch })),
    );
  }

  /** The owner signs in and changes settings. */
  async owner(change = () => {}) {
    const [mara] = await this.staff("mara");
    await this.sets(mara, change);
    return mara;
  }

  async sets(owner, change) {
    await sets(owner, this.server, change);
  }

  /** A visitor comes and opens the chat. */
  async visitor(options) {
    const visitor = await Visitor.arrive(this.browser, this.server, { watch: this.watch, ...options });
    await visitor.opens();
    return visitor;
  }

  /** Everybody goes home, and nothing went wrong in any browser or in the server. */
  async close(testInfo) {
    await keepLogs(this.server, this.watch, testInfo);
    await this.watch.leave();
    await this.server.remove();
    expect(this.watch.trouble).toEqual([]);
    expect(this.server.panics).toEqual([]);
  }
}

/** Gives every test of a file a desk of its own; returns where to find the one of this test. */
export function deskOfEach(test) {
  const here = {};
  test.beforeEach(async ({ browser }) => {
    here.desk = await Desk.open(browser);
  });
  test.afterEach(async ({}, testInfo) => here.desk?.close(testInfo));
  return here;
}
