// A Baton server of one test's own: a fresh data folder, a port that stays over restarts, and every
// way to end it that a real one meets.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { BATON_BIN, CARGO_TARGET_DIR = join(import.meta.dirname, "../../target") } = process.env;
const PROGRAM = BATON_BIN || join(CARGO_TARGET_DIR, "debug/baton");

// Longer than the slowest start on a busy machine; a server that prints nothing by then is broken.
const START_MS = 30_000;
const STOP_MS = 15_000;

// Tests type faster than people and sign in more often; what limits do is for the server's own tests.
const LIMITS = {
  BATON__LIMITS__VISITOR_COMMANDS_PER_10S: "1000",
  BATON__LIMITS__SIGN_INS_PER_MINUTE: "1000",
  BATON__LIMITS__SIGN_INS_PER_MINUTE_PER_ADDRESS: "1000",
  BATON__LIMITS__STARTS_PER_MINUTE: "1000",
  BATON__LIMITS__STARTS_PER_MINUTE_PER_ADDRESS: "1000",
};

// Whatever happens to the tests, no server stays behind.
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Server {
  #child;
  #ended;
  #printed = "";
  #logged = "";

  /** The seeded demo. */
  static demo(settings) {
    return Server.#first("demo", settings);
  }

  /** A server with an empty data folder, which waits to be set up. */
  static empty(settings) {
    return Server.#first("serve", settings);
  }

  static async #first(command, settings = {}) {
    const server = new Server();
    server.command = command;
    server.folder = await mkdtemp(join(tmpdir(), "baton-e2e-"));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    // Some name the address.
    server.settings = typeof settings === "function" ? settings(server.url) : settings;
    await server.start();
    return server;
  }

  /** Starts it or another build of it, on the same folder and port as ever, and returns when it listens. */
  async start(program = PROGRAM) {
    const env = Object.entries(process.env).filter(([name]) => !name.startsWith("BATON"));
    const child = spawn(program, [this.command], {
      env: {
        ...Object.fromEntries(env),
        BATON__SERVER__LISTEN: `127.0.0.1:${this.port}`,
        BATON__DATA__FOLDER: this.folder,
        ...LIMITS,
        ...this.settings,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    this.#child = child;
    this.#printed = "";
    this.#ended = new Promise((ended) => {
      child.on("error", (error) => ended(error));
      child.on("exit", (code, signal) => ended(signal ?? code));
    }).finally(() => running.delete(child));
    child.stderr.on("data", (text) => (this.#logged = (this.#logged + text).slice(-100_000)));

    const ready = new Promise((listens) => {
      child.stdout.on("data", (text) => {
        this.#printed += text;
        if (/\bready\b/.test(this.#printed)) listens(true);
      });
    });
    const started = await within(START_MS, Promise.race([ready, this.#ended]));
    if (started !== true) {
      throw new Error(`${program} ${this.command} did not start: ${started}\n${this.#logged}`);
    }
  }

  /** The token that an empty server printed for whoever sets it up. */
  get setupToken() {
    return /Token {2}(\S+)/.exec(this.#printed)?.[1];
  }

  /** What it logged. */
  get log() {
    return this.#logged;
  }

  /** Its panics, each with the line that says why. */
  get panics() {
    return this.#logged.match(/panicked at .*\n.*/g) ?? [];
  }

  /** Pulls the plug: no goodbye to anybody. */
  async kill() {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** Asks it to stop, as a service manager does. Returns how it ended: 0 when all went well. */
  async stop() {
    this.#child.kill("SIGTERM");
    return within(STOP_MS, this.#ended);
  }

  /** Ends it for good. */
  async remove() {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

// Below the range that outgoing connections take their ports from, so that it is still free after a
// restart.
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    probe.listen(port, "127.0.0.1");
    const free = await once(probe, "listening").then(
      () => true,
      () => false,
    );
    if (free) {
      probe.close();
      await once(probe, "close");
      return port;
    }
  }
}

async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds, "too late")));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
