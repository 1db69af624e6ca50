// The launcher on a customer's page, and the frame it opens:
//   <script src="https://chat.example.org/widget/loader.js" data-chatbot="ID" async></script>
// It paints one button in a shadow root and keeps nothing until the chat was opened once. The chat
// itself is a page of Baton's own in a frame; `boot.js` there lists the messages.

const script = document.currentScript;
const base = new URL(".", script.src);
const chatbot = script.dataset.chatbot;
// In the page's own storage, after the first open: later pages load the frame by themselves.
const OPENED = `baton:${chatbot}`;
// Here the open chat covers the page.
const SMALL = "(max-width:480px)";

const style = `
:host{all:initial!important;color-scheme:light dark!important}
button,iframe{position:fixed;z-index:2147483000;inset:auto 20px calc(20px + env(safe-area-inset-bottom)) auto;border:0}
button{width:56px;height:56px;padding:0;border-radius:50%;background:#0f7180;color:#fff;cursor:pointer;box-shadow:0 4px 12px rgb(12 35 44/.18),0 1px 3px rgb(12 35 44/.12)}
button:hover{background:#095d6a}
button:focus-visible{outline:2px solid #0f7180;outline-offset:2px}
svg{display:block;margin:15px;fill:none;stroke:currentColor;stroke-width:1.75px;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;inset:-3px -3px auto auto;min-width:12px;padding:0 5px;border-radius:11px;background:#c4332f;outline:2px solid #fff;font:600 12px/22px system-ui,sans-serif}
iframe{bottom:calc(88px + env(safe-area-inset-bottom));width:384px;height:min(680px,100dvh - 108px);border-radius:16px;background:#fff;color-scheme:light dark;box-shadow:0 12px 40px rgb(12 35 44/.22),0 2px 8px rgb(12 35 44/.1)}
[hidden]{display:none}
@media(prefers-color-scheme:dark){button{background:#1c8292}button:hover{background:#0f7180}button:focus-visible{outline-color:#7fccd8}iframe{background:#151a1c}b{outline-color:#151a1c}}
@media${SMALL}{iframe{inset:0;width:100%;height:100%;border-radius:0}[aria-expanded=true]{display:none}}
@media(forced-colors:active){button{border:2px solid}}
@media(prefers-reduced-motion:no-preference){iframe{animation:rise .18s}@keyframes rise{from{opacity:0;translate:0 4px}}}`;

const CHAT = "M9 4h8a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-3l-5 4v-4a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5z";
const DOWN = "m6 10 7 7 7-7";

const start = () => {
  const place = document.createElement("div");
  const root = place.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  const svg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const set = (element, name, value) => element.setAttribute(name, value);
  const icon = svg("svg");
  const shape = svg("path");
  set(icon, "viewBox", "0 0 26 26");
  set(icon, "aria-hidden", true);
  icon.append(shape);
  const badge = document.createElement("b");
  set(badge, "aria-hidden", true);
  button.append(icon, badge);
  root.append(button);

  let frame;
  let ready;
  let open = false;
  let unread = 0;
  // Whether the open chat has an entry in the page's history: Back closes it instead of leaving.
  let entered;

  const paint = () => {
    const news = unread ? `, ${unread} unread message${unread > 1 ? "s" : ""}` : "";
    set(button, "aria-label", open ? "Close chat" : `Open chat${news}`);
    set(button, "aria-expanded", open);
    set(shape, "d", open ? DOWN : CHAT);
    badge.hidden = open || !unread;
    badge.textContent = unread > 9 ? "9+" : unread;
  };

  const tell = (baton, more) =>
    ready && frame.contentWindow.postMessage({ baton, ...more }, base.origin);

  const small = matchMedia(SMALL);

  const page = () =>
    tell("page", {
      url: location.href,
      title: document.title,
      referrer: document.referrer,
      full: small.matches,
    });

  // The frame loads at the first sign of interest, and connects when it is shown.
  const load = () => {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.hidden = true;
    frame.title = "Chat";
    frame.src = `${base}?chatbot=${chatbot}`;
    root.append(frame);
  };

  const toggle = (to) => {
    if (open === to) return;
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
        localStorage[OPENED] = 1;
      } catch {}
    } else {
      button.focus();
      if (entered) history.back();
      entered = false;
    }
  };

  button.onclick = () => toggle(!open);
  button.onpointerenter = button.onfocus = load;
  button.onkeydown = (event) => event.key === "Escape" && toggle(false);

  addEventListener("popstate", () => entered && toggle((entered = false)));

  addEventListener("message", ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== base.origin) return;
    switch (data?.baton) {
      case "ready":
        ready = true;
        page();
        if (open) tell("show");
        break;
      case "close":
        toggle(false);
        break;
      case "unread":
        unread = +data.count;
        paint();
    }
  });

  paint();
  document.body.append(place);

  let before;
  try {
    before = localStorage[OPENED];
  } catch {}
  if (before) (window.requestIdleCallback ?? setTimeout)(load);
};

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
