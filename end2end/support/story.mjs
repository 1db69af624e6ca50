// What every story shares: a watch over all browsers, and logs beside a failure.
import { writeFile } from "node:fs/promises";
import { test, expect } from "@playwright/test";
import { Watch } from "./watch.mjs";

export { expect, test };

/** Keeps beside a test that failed what the server logged and what went over the sockets. */
export async function keepLogs(server, watch, testInfo) {
  if (testInfo.status === testInfo.expectedStatus) return;
  const logs = { "server.log": server?.log, "sockets.log": watch?.sockets.join("\n") };
  for (const [name, body] of Object.entries(logs)) {
    if (body) await writeFile(testInfo.outputPath(name), body);
  }
}

/** A watch over everybody who comes to this server. */
export const watchOver = (server) => new Watch(server.url);
