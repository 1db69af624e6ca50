// What every story shares: a watch over all browsers, and the server's log beside a failure.
import { test as base, expect } from "@playwright/test";
import { Watch } from "./watch.mjs";

export { expect };

export const test = base;

/** Attaches what the server logged to a test that failed. */
export async function keepLog(server, testInfo) {
  if (server && testInfo.status !== testInfo.expectedStatus) {
    await testInfo.attach("server.log", { body: server.log, contentType: "text/plain" });
  }
}

/** A watch over everybody who comes to this server. */
export const watchOver = (server) => new Watch(server.url);
