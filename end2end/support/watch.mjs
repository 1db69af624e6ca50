// Watches everything a browser does on its own: what it asks for, what it complains about.

/** Hears of every violation of a content policy, in every frame, before any script runs. */
function reportViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
  });
}

export class Watch {
  /** Asks for addresses that are not the server's own. */
  foreign = [];
  /** Errors on a console, uncaught errors, and violations of content policies. */
  errors = [];
  /** Dialogs that a script opened. */
  dialogs = [];
  /** What went over sockets, newest last, for whoever has to understand a failure. */
  sockets = [];

  constructor(origin) {
    this.origin = origin;
  }

  /** Begins to watch a browser context, whatever pages it opens. */
  async over(context) {
    this.#contexts.push(context);
    await context.addInitScript(reportViolations);
    context.on("request", (request) => this.#asked(request.url()));
    context.on("console", (message) => {
      if (message.type() === "error") this.errors.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.errors.push(`${error.error()}`));
    context.on("dialog", async (dialog) => {
      this.dialogs.push(dialog.message());
      await dialog.dismiss();
    });
    context.on("page", (page) => page.on("websocket", (socket) => this.#connected(socket)));
  }

  #connected(socket) {
    const url = new URL(socket.url().replace(/^ws/, "http"));
    this.#asked(url.href);
    const name = `${url.pathname} ${(this.#count += 1)}`;
    const note = (what, payload = "") => {
      const words = payload.toString("latin1").replaceAll(/[^\x20-\x7e]/g, ".").slice(0, 300);
      this.sockets.push(`${new Date().toISOString()} ${name} ${what} ${words}`);
      if (this.sockets.length > 2_000) this.sockets.shift();
    };
    note("opened");
    socket.on("framesent", ({ payload }) => note(">", payload));
    socket.on("framereceived", ({ payload }) => note("<", payload));
    socket.on("close", () => note("closed"));
  }

  /** Closes every browser that it watches: what one asks for after its server has gone is no trouble. */
  async leave() {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }

  #contexts = [];

  #count = 0;

  #asked(url) {
    if (!url.startsWith("data:") && new URL(url).origin !== this.origin) this.foreign.push(url);
  }

  /** Forgets what was expected: the errors that contain one of these words. */
  forgive(...words) {
    this.errors = this.errors.filter((error) => !words.some((word) => error.includes(word)));
  }

  /** Everything that should not have happened. */
  get trouble() {
    return [
      ...this.foreign.map((url) => `foreign request: ${url}`),
      ...this.errors.map((error) => `error: ${error}`),
      ...this.dialogs.map((text) => `dialog: ${text}`),
    ];
  }
}
