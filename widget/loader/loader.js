// The launcher on a customer's page:
//   <script src="https://chat.example.org/widget/loader.js" data-chatbot="ID" async></script>
// It paints one button in a shadow root; it keeps nothing and asks for nothing. At the first sign of
// interest, or the first call of `Baton`, `panel.js` takes over: it opens the chat in a frame.

const script = document.currentScript;
const base = new URL(".", script.src);
// VERSION stands for what panel.js holds.
const panel = `${base}panel.js?v=${VERSION}`;
const { chatbot, container, locale } = script.dataset;
// The chatbot's look, where the server put it in front of this (`/widget/<chatbot>.js`).
const { style: own = "", dark: darkly = "", text, icon: drawn, theme: worn } = script.look ?? {};
const { theme = worn } = script.dataset;

const STYLE = `:host{all:initial!important;color-scheme:light dark!important}
button{position:fixed;z-index:2147483000;inset:auto 20px calc(20px + env(safe-area-inset-bottom)) auto;width:56px;height:56px;padding:0;border:0;border-radius:50%;background:#0f7180;color:#fff;cursor:pointer;box-shadow:0 4px 12px rgb(12 35 44/.18),0 1px 3px rgb(12 35 44/.12)}
button:hover{background:#095d6a}
button:focus-visible{outline:2px solid #0f7180;outline-offset:2px}
svg{display:block;margin:15px;fill:none;stroke:currentColor;stroke-width:1.75px;stroke-linecap:round;stroke-linejoin:round}
[hidden]{display:none}
@media(forced-colors:active){button{border:2px solid}}`;
const DARK =
  "button{background:#1c8292}button:hover{background:#0f7180}button:focus-visible{outline-color:#7fccd8}";

// What the button does, for who does not see it; everything else is said by the chat.
const OPEN =
  "enOpen chat|deChat öffnen|frOuvrir le chat|esAbrir el chat|itApri la chat|ptAbrir o chat|nlChat openen|plOtwórz czat|trSohbeti aç|jaチャットを開く|zh打开聊天|arفتح الدردشة";

const sheet = new CSSStyleSheet();
const place = document.createElement("div");
const root = place.attachShadow({ mode: "open" });
const button = document.createElement("button");

// A page may be without storage, which shows as an error at the first touch.
const stored = (use) => {
  try {
    return use(localStorage);
  } catch {}
};

// What panel.js goes on with.
const shared = {
  base,
  chatbot,
  container,
  locale,
  theme,
  place,
  root,
  button,
  // In the page's own storage, 1 after the first open: later pages load the chat by themselves. 0 while
  // its visitor is to be forgotten.
  opened: `baton:${chatbot}`,
  label(locale) {
    const said = (tag) => OPEN.split("|").find((words) => words.startsWith(`${tag}`.slice(0, 2)));
    const [words] = [locale, ...navigator.languages, "en"].map(said).filter(Boolean);
    shared.say(words.slice(2));
  },
  // With the words on it, so that who speaks to it may call it by them.
  say: (words) => button.setAttribute("aria-label", text ? `${text}: ${words}` : words),
  stored,
  look(theme, style = "", dark = "") {
    dark = DARK + darkly + dark;
    if (theme !== "dark") dark = theme === "light" ? "" : `@media(prefers-color-scheme:dark){${dark}}`;
    sheet.replaceSync(STYLE + style + own + dark);
  },
};

let loaded;
const load = () =>
  (loaded ??= import(panel).then(
    (module) => module.default(shared),
    () => (loaded = null),
  ));
const call = (name, args = []) => load().then((baton) => baton?.[name](...args));

// Calls from before panel.js are kept, so many and no more; those from before this script too.
const { calls = [] } = window.Baton ?? {};
let kept = 0;
const Baton = (window.Baton = {});
for (const name of "open close toggle show hide identify setAttributes setLocale setTheme send handoff on off reset shutdown".split(
  " ",
))
  Baton[name] = (...args) => {
    // Noted at once: the page may be left before panel.js is there.
    if (name === "reset") stored((storage) => storage[shared.opened] && (storage[shared.opened] = 0));
    return kept++ < 100 && call(name, args);
  };
for (const [name, ...args] of calls) Baton[name]?.(...args);

const start = () => {
  const svg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const icon = svg("svg");
  const shape = svg("path");
  icon.setAttribute("viewBox", "0 0 26 26");
  shape.setAttribute("d", drawn ?? "M9 4h8a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-3l-5 4v-4a5 5 0 0 1-5-5V9a5 5 0 0 1 5-5z");
  icon.append(shape);
  button.append(icon);
  if (text) {
    const words = document.createElement("span");
    words.textContent = text;
    button.append(words);
  }
  root.append(button);
  root.adoptedStyleSheets = [sheet];
  shared.look(theme);
  shared.label(locale);
  button.setAttribute("aria-expanded", false);
  button.onclick = () => call("toggle");
  button.onpointerenter = button.onfocus = () => call("load");
  if (container) return load();
  document.body.append(place);
  stored((storage) => storage[shared.opened] && (window.requestIdleCallback ?? setTimeout)(button.onfocus));
};

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
