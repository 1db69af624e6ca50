// What the launcher becomes at the first sign of interest: the chat in a frame, and `window.Baton`.
// The chat is a page of Baton's own; `boot.js` there lists the messages. Each message is typed and goes to,
// or comes from, that page's exact origin and window.

// Here the open chat covers the page.
const SMALL = "(max-width:480px)";
const DOWN = "m6 10 7 7 7-7";
const STATES = ["assistant", "proposed", "waiting", "missed", "by_mail", "person", "closed"];
// What waits for the frame, at most.
const KEPT = 100;

const STYLE = `
b{position:absolute;inset:-3px -3px auto auto;min-width:12px;padding:0 5px;border-radius:11px;background:#c4332f;outline:2px solid #fff;font:600 12px/22px system-ui,sans-serif}
iframe{position:fixed;z-index:2147483000;inset:auto 20px calc(88px + env(safe-area-inset-bottom)) auto;width:384px;height:min(680px,100dvh - 108px);border:0;border-radius:16px;background:#fff;color-scheme:light dark;box-shadow:0 12px 40px rgb(12 35 44/.22),0 2px 8px rgb(12 35 44/.1)}
@media${SMALL}{iframe{inset:0;width:100%;height:100%;border-radius:0}[aria-expanded=true]{display:none}}
@media(prefers-reduced-motion:no-preference){iframe{animation:rise .18s}@keyframes rise{from{opacity:0;translate:0 4px}}}`;
const INLINE = `:host{display:block!important;height:100%!important}
:host iframe{display:block;width:100%;height:100%;border:0;border-radius:0;background:#fff;color-scheme:light dark}`;
const DARK = "iframe{background:#151a1c}b{outline-color:#151a1c}";

export default (shared) => {
  const { base, chatbot, place, root, button } = shared;
  const inside = shared.container && document.querySelector(shared.container);
  const shape = root.querySelector("path");
  const chat = shape.getAttribute("d");
  const badge = document.createElement("b");
  const small = matchMedia(SMALL);
  const ended = new AbortController();
  const on = (target, name, listener) => target.addEventListener(name, listener, { signal: ended.signal });

  let { locale, theme } = shared;
  let frame;
  let ready;
  let open = false;
  let unread = 0;
  // What the launcher says, as the chat told it: closed, and open.
  let words;
  // Whether the open chat has an entry in the page's history: Back closes it instead of leaving.
  let entered;
  // Who the visitor is, as the page says.
  let who;
  const heard = {};
  const waiting = [];

  const emit = (name, detail) => {
    for (const listener of heard[name] ?? []) {
      try {
        listener(detail);
      } catch (error) {
        // The page's own mistake, and no reason to stop.
        reportError(error);
      }
    }
  };

  const paint = () => {
    if (words) shared.say(words[+open]);
    button.setAttribute("aria-expanded", open);
    shape.setAttribute("d", open ? DOWN : chat);
    badge.hidden = open || !unread;
    badge.textContent = unread > 9 ? "9+" : unread;
  };

  const look = () => (inside ? shared.look(theme, INLINE, DARK) : shared.look(theme, STYLE, DARK));
  const tell = (baton, more) => ready && frame.contentWindow.postMessage({ baton, ...more }, base.origin);

  // Told now, or when the frame listens.
  const ask = (baton, more) => {
    if (ready) tell(baton, more);
    else if (waiting.length < KEPT) waiting.push([baton, more]);
    load();
  };

  // In the page's own storage: 1 once the chat was opened, 0 while its visitor is to be forgotten.
  const noted = (value) =>
    shared.stored((storage) => (value == null ? delete storage[shared.opened] : (storage[shared.opened] = value)));
  const leftToForget = () => shared.stored((storage) => storage[shared.opened] === "0");

  const page = () =>
    tell("page", {
      url: location.href,
      title: document.title,
      referrer: document.referrer,
      full: small.matches && !inside,
    });

  const address = () => {
    const query = new URLSearchParams({ chatbot });
    if (locale) query.set("locale", locale);
    if (theme) query.set("theme", theme);
    if (inside) query.set("inline", "");
    return `${base}?${query}`;
  };

  // The frame loads at the first sign of interest, and connects when it is shown.
  const load = () => {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.hidden = !inside && !open;
    frame.title = "Chat";
    frame.src = address();
    root.append(frame);
  };

  const anew = () => {
    if (!frame) return;
    ready = false;
    frame.src = address();
  };

  const toggle = (to = !open) => {
    if (open === to || inside) return;
    // A page without an origin may neither be framed into nor keep anything: the chat gets a window.
    if (self.origin === "null") {
      window.open(new URL(`../c/${chatbot}`, base), "_blank", "noopener,width=400,height=700");
      return;
    }
    open = to;
    load();
    frame.hidden = !open;
    page();
    tell(open ? "show" : "hide");
    paint();
    if (open) {
      frame.focus();
      try {
        if (small.matches) {
          // With the state that is there, so that the page's own router does not mind.
          history.pushState(history.state, "");
          entered = true;
        }
      } catch {}
      if (!leftToForget()) noted(1);
    } else {
      button.focus();
      if (entered) history.back();
      entered = false;
    }
    emit(open ? "open" : "close");
  };

  const begun = ([closed, opened, title]) => {
    ready = true;
    // Who is to be forgotten is told nothing more; what was asked after that is for the next frame.
    const last = waiting.findLastIndex(([name]) => name === "reset");
    if (last >= 0) {
      waiting.splice(0, last + 1);
      tell("reset");
      ready = false;
      return;
    }
    words = [closed, opened];
    frame.title = title;
    page();
    if (theme) tell("theme", { theme });
    if (who) tell("identify", { details: who });
    if (open || inside) tell("show");
    for (const [name, more] of waiting.splice(0)) tell(name, more);
    paint();
    emit("ready");
  };

  on(window, "message", ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== base.origin) return;
    switch (data?.baton) {
      case "ready":
        begun(data.words.map(String));
        break;
      case "close":
        toggle(false);
        break;
      case "unread":
        if (words) words[0] = `${data.words}`;
        if (unread !== +data.count) emit("unread", { count: (unread = +data.count) });
        paint();
        break;
      case "message":
        if (/^(agent|assistant)$/.test(data.from)) emit("message", { from: data.from });
        break;
      case "handoff":
        if (STATES.includes(data.state)) emit("handoff", { state: data.state });
        break;
      case "identified":
        emit("identified", { verified: data.verified === true });
        break;
      case "forgotten":
        noted(open ? 1 : null);
        ready = false;
        frame.remove();
        frame = null;
        if (open || inside || waiting.length) load();
    }
  });
  on(window, "popstate", () => entered && toggle((entered = false)));

  button.onclick = () => toggle();
  button.onpointerenter = button.onfocus = () => load();
  button.onkeydown = (event) => event.key === "Escape" && toggle(false);

  // A copy that can be told: what a framework wraps cannot.
  const plain = (details) => JSON.parse(JSON.stringify(details ?? {}));

  const known = (details) => {
    who = details;
    // To a frame that begins later it is told then.
    tell("identify", { details: who });
  };

  const api = {
    load,
    open: () => toggle(true),
    close: () => toggle(false),
    toggle: () => toggle(),
    show: () => (button.hidden = false),
    hide: () => {
      toggle(false);
      button.hidden = true;
    },
    identify: (details) => known({ attributes: who?.attributes, ...plain(details) }),
    setAttributes: (more) => known({ ...who, attributes: { ...who?.attributes, ...plain(more) } }),
    setLocale(tag) {
      locale = tag;
      words = null;
      shared.label(tag);
      anew();
    },
    setTheme(name) {
      theme = name;
      look();
      tell("theme", { theme });
    },
    send: (text) => ask("send", { text: `${text}` }),
    handoff: () => ask("handoff"),
    on(name, listener) {
      (heard[name] ??= new Set()).add(listener);
      if (name === "ready" && ready) queueMicrotask(() => listener());
      return () => api.off(name, listener);
    },
    off: (name, listener) => heard[name]?.delete(listener),
    reset() {
      toggle(false);
      who = undefined;
      unread = 0;
      ask("reset");
      ready = false;
      // The page may be left before the frame knows: then the next page goes on with it.
      noted(0);
      paint();
    },
    shutdown() {
      ended.abort();
      place.remove();
      delete window.Baton;
    },
  };
  const { load: _, ...shown } = api;
  Object.assign(window.Baton, shown);

  look();
  button.append(badge);
  paint();
  if (leftToForget()) ask("reset");
  if (inside) {
    button.hidden = true;
    inside.append(place);
    // Nobody is connected with before somebody looks.
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      load();
    });
    seen.observe(place);
  } else if (shared.container) {
    // A container that is not there is no reason to be without a chat.
    document.body.append(place);
  }
  return api;
};
