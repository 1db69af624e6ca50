// Many visitors at once, without a browser each: they ask for a person and leave again.

/** Limits that let a crowd in. */
export const CROWDED = {
  BATON__LIMITS__VISITS_PER_MINUTE: "100000",
  BATON__ATTACK__NEW_VISITORS_PER_MINUTE: "100000",
  BATON__ATTACK__MESSAGES_PER_MINUTE: "100000",
  BATON__LIMITS__STARTS_PER_MINUTE: "100000",
  BATON__LIMITS__STARTS_PER_MINUTE_PER_ADDRESS: "100000",
};

/**
 * So many visitors ask for a person: from here, because of a page's WebSockets Chromium lets only a few
 * connect in a second.
 */
export async function crowd(browser, server, count) {
  const page = await browser.newPage({ baseURL: server.url });
  await page.goto("/demo");
  const chatbot = await page.locator("script[data-chatbot]").getAttribute("data-chatbot");
  await page.close();
  await ask({ chatbot, count, url: `${server.url.replace("http", "ws")}/ws/visitor` });
}

/* Twenty at a time, each in a connection of its own. */
async function ask({ chatbot, count, url }) {
  const uuid = (n) => {
    const time = Date.now().toString(16).padStart(12, "0");
    const tail = n.toString(16).padStart(12, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail}`;
  };
  const one = (n) =>
    new Promise((done, failed) => {
      const socket = new WebSocket(url, ["baton.v1.json"]);
      const say = (command) => socket.send(JSON.stringify(command));
      socket.onopen = () =>
        say({
          start: {
            token: null,
            chatbot,
            conversation: uuid(n),
            after: 0,
            page: { url: "", title: "", referrer: "" },
            locale: "en",
          },
        });
      socket.onmessage = ({ data }) => {
        const event = JSON.parse(data);
        if (event.welcome) say({ ask_for_human: { key: uuid(1_000_000 + n) } });
        if (event.refused) failed(new Error(data));
        if (event.done) {
          socket.close();
          done();
        }
      };
      // After `done` nothing is left to fail.
      socket.onclose = () => failed(new Error("left out"));
    });
  for (let n = 0; n < count; n += 20) {
    await Promise.all(Array.from({ length: Math.min(20, count - n) }, (_, at) => one(n + at)));
  }
}
