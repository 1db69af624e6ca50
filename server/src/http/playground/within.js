// The first script of every page in a pane of the playground. Such a page believes that it is at the root
// of its server; what it asks for there is asked below the pane's own address, and what it would keep in
// the browser, or lead to, stays within the pane.
{
  const at = /^\/playground\/[^/]+\/[^/]+/.exec(location.pathname)[0];
  const OURS = /^\/(?:ws|visitors|attachments|reply-files|pages|inbox|agents|faces)(?:\/|$)/;

  const within = (address) => {
    const url = new URL(address, location.href);
    if (url.host === location.host && OURS.test(url.pathname)) url.pathname = at + url.pathname;
    return url.href;
  };

  const Socket = WebSocket;
  window.WebSocket = class extends Socket {
    constructor(address, protocols) {
      super(within(address), protocols);
    }
  };
  const ask = window.fetch;
  window.fetch = (what, how) =>
    ask(what instanceof Request ? new Request(within(what.url), what) : within(what), how);
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, address, ...more) {
    return open.call(this, method, within(address), ...more);
  };

  // Kept for as long as the page: nothing of it meets what the same browser keeps of real visitors, and of
  // the one who looks.
  const storage = () => {
    const kept = new Map();
    const methods = {
      getItem: (name) => kept.get(`${name}`) ?? null,
      setItem: (name, value) => void kept.set(`${name}`, `${value}`),
      removeItem: (name) => void kept.delete(`${name}`),
      clear: () => kept.clear(),
      key: (place) => [...kept.keys()][place] ?? null,
    };
    return new Proxy(Object.create(Storage.prototype), {
      get: (_, name) => (name === "length" ? kept.size : (methods[name] ?? kept.get(name))),
      set: (_, name, value) => (methods.setItem(name, value), true),
      has: (_, name) => name in methods || kept.has(name),
      deleteProperty: (_, name) => (kept.delete(name), true),
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: (_, name) =>
        kept.has(name)
          ? { value: kept.get(name), enumerable: true, configurable: true, writable: true }
          : undefined,
    });
  };
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { value: storage(), configurable: true });

  // Whoever rings elsewhere goes on ringing.
  const { locks } = navigator;
  if (locks) {
    const request = locks.request.bind(locks);
    Object.defineProperty(navigator, "locks", {
      value: { request: (name, ...more) => request(`${at} ${name}`, ...more) },
    });
  }

  // The page around has its own history, and a pane none.
  for (const name of ["pushState", "replaceState"]) history[name] = () => {};

  // Everything but the inbox belongs to the real one, which a pane does not show.
  const leads = (address) => {
    const url = new URL(address, location.href);
    return url.origin !== location.origin || !url.pathname.startsWith(`${at}/`);
  };
  addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || link.hasAttribute("download") || link.target === "_blank") return;
      if (!/^\/inbox(\/|$)/.test(link.getAttribute("href")) && leads(link.href)) event.preventDefault();
    },
    true,
  );
  window.navigation?.addEventListener("navigate", (event) => {
    if (event.cancelable && !event.hashChange && leads(event.destination.url)) event.preventDefault();
  });
}
