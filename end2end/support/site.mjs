// Somebody's web site: one page on an origin of its own.
import { once } from "node:events";
import { createServer } from "node:http";

/**
 * Serves a page with this inside, on another origin than any Baton server: as `localhost` on another
 * site, as `127.0.0.1` on the same site, like www.example.org beside chat.example.org. `headers` go
 * along with it, such as a policy of the site's own.
 */
export async function siteWith(body, host, headers = {}) {
  const server = createServer((_, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Tents</h1>${body}</html>`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://${host}:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
