// Browser tests: a visitor and agents side by side. Started by `cargo xtask e2e` or `test`, which
// name the server (BATON_BIN), the browser (CHROME) and the report to write (BATON_REPORT).
import { defineConfig } from "@playwright/test";

const { BATON_REPORT, CHROME, CI, NODE_OPTIONS = "" } = process.env;

// Crowds come by Node's own WebSockets, which before version 22 it has behind a switch.
const SWITCH = "--experimental-websocket";
if (!globalThis.WebSocket && process.allowedNodeEnvironmentFlags.has(SWITCH)) {
  process.env.NODE_OPTIONS = `${NODE_OPTIONS} ${SWITCH}`;
}

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.{js,mjs,ts}",
  outputDir: "results",
  // The letters come with the test: the pictures are the same on every machine.
  snapshotPathTemplate: "{testDir}/gallery/{arg}{ext}",
  workers: 4,
  fullyParallel: false,
  projects: [
    // They spend their time waiting, which costs nothing.
    { name: "waits", testMatch: "**/*_waits.spec.mjs", fullyParallel: true, workers: 3 },
    // Browsers, server and tests share two cores; side by side they would only wait for each other.
    { name: "stories", testIgnore: "**/*_waits.spec.mjs", workers: 1 },
  ],
  forbidOnly: Boolean(CI),
  // A test that needs luck is a broken test.
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: BATON_REPORT ? [["list"], ["json", { outputFile: BATON_REPORT }]] : [["list"]],
  use: {
    browserName: "chromium",
    headless: true,
    locale: "en-GB",
    timezoneId: "UTC",
    // What cannot be pressed by then is not there.
    actionTimeout: 20_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: CHROME || undefined,
      // The sandbox needs a user who is not root; the pages are our own.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
      ],
    },
  },
});
