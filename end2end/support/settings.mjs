// Changes the demo's settings as somebody who may: over the pages' own server functions.
import { expect } from "@playwright/test";

/** Asks the server for something as this agent's pages do. */
async function asks({ page }, { url }, name, data) {
  const answer = await page.request.post(`/pages/${name}`, { data, headers: { origin: url, accept: "application/json" } });
  expect(answer.ok(), `${name}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** The owner changes what holds for the chatbot; the parts that differ become the chatbot's own. */
export async function sets(owner, server, change) {
  // A page without fields of its own sends its question as a form.
  const embed = await owner.page.request.post("/pages/load_embed", {
    form: {},
    headers: { origin: server.url, accept: "application/json" },
  });
  const [{ chatbot }] = await embed.json();
  const { layer, effective, version } = await asks(owner, server, "load_settings", { chatbot });
  const before = structuredClone(effective);
  change(effective);
  for (const [part, value] of Object.entries(effective)) {
    if (JSON.stringify(value) !== JSON.stringify(before[part])) layer[part] = value;
  }
  await asks(owner, server, "save_settings", { chatbot, layer, version });
}

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Open on one day of the week alone, which is neither today nor next to it. */
export function closedToday(settings) {
  const day = DAYS[(new Date().getUTCDay() + 3) % 7];
  settings.hours.enabled = true;
  settings.hours.times = { zone: "UTC", open: [{ day, from: 9 * 60, to: 17 * 60 }] };
}
