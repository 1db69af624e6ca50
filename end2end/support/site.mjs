// Somebody's web site: one page on an origin of its own.
import { once } from "node:events";
import { createServer } from "node:http";

/**
 * Serves a page with this inside, on another origin than any Baton server: as `localhost` on another
 * site, as `127.0.0.1` on the same site, like www.example.org beside chat.example.org.
 */
export async function siteWith(body, host) {
  const server = createServer((_, response) => {
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
