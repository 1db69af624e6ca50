// Loads the chat into its frame, starts it, and keeps what lies around it: the frame's own address,
// the page around, the visitor's language, and a way out when the chat itself has stopped.
//
// Messages, typed by their field `baton`; anything else is ignored:
//   from the page     { baton: "page", url, title, referrer, full }
//                                                             the answer to "ready", and when it changed;
//                                                             full when the frame covers the page
//                     { baton: "show" }, { baton: "hide" }      the panel was opened, or closed
//                     { baton: "theme", theme }                 light, dark, or by the visitor's system
//                     { baton: "identify", details }            who the visitor is, as the page says
//                     { baton: "send", text }, { baton: "handoff" }
//                                                             as if the visitor did it
//                     { baton: "reset" }                        forget the visitor
//   to the page       { baton: "ready", words }                 the frame listens; what the launcher says
//                     { baton: "close" }                        close the panel
//                     { baton: "unread", count, words }         what the launcher shows and says
//                     { baton: "message", from }                somebody answered: agent or assistant
//                     { baton: "handoff", state }               how it stands with a person
//                     { baton: "forgotten" }                    the visitor was, and this frame is of no use
//                     { baton: "identified", verified }         who the visitor is was taken in

const { dataset: parts } = document.getElementById("baton-boot");
// Before anything else, so that it is compiled while the rest is on its way.
const program = WebAssembly.compileStreaming(fetch(parts.wasm));
const framed = parent !== window;
const query = new URLSearchParams(location.search);
// In a frame it stands behind the question mark, as a page of its own in the path.
const chatbot = query.get("chatbot") ?? location.pathname.split("/")[2] ?? "";
const page = document.documentElement;
page.dataset.as = framed ? (query.has("inline") ? "inline" : "panel") : "page";

// The page around, known from its first message; nothing but "ready" is told to anybody else.
let around;
let hear = () => {};
let full;
// Whether the panel is closed.
let hidden = framed;
// Nothing is kept any more.
let forgotten;

const tell = (baton, more) => around && parent.postMessage({ baton, ...more }, around);
const text = (value) => `${value ?? ""}`;

const forget = () => {
  forgotten = true;
  stored((storage) => named(storage).forEach((name) => delete storage[name]));
  tell("forgotten");
};

const themed = (theme) => {
  if (/^(light|dark)$/.test(theme)) page.dataset.theme = theme;
  else delete page.dataset.theme;
};
themed(query.get("theme") ?? page.dataset.theme);

addEventListener("message", ({ source, origin, data }) => {
  if (!framed || forgotten || source !== parent || typeof data?.baton !== "string") return;
  around ??= origin;
  if (origin !== around) return;
  switch (data.baton) {
    case "page":
      full = data.full ?? full;
      hear("page", text(data.url), text(data.title), text(data.referrer));
      break;
    case "send":
      hear("say", text(data.text).slice(0, 8_000), "", "");
      break;
    case "show":
    case "hide":
      hidden = data.baton === "hide";
    // falls through
    case "handoff":
      hear(data.baton, "", "", "");
      break;
    case "theme":
      themed(data.theme);
      break;
    case "identify":
      who = data.details;
      introduce();
      break;
    case "reset":
      forget();
  }
});

// Over the whole page, as on a phone, the keyboard stays in the chat until the chat is closed: what lies
// behind is not to be seen.
addEventListener("keydown", (event) => {
  if (!full || event.key !== "Tab") return;
  const stops = document.querySelectorAll("button,input,textarea,a[href],[tabindex='0']");
  const shown = [...stops].filter((stop) => stop.getClientRects().length);
  const at = shown.indexOf(document.activeElement);
  event.preventDefault();
  shown.at(event.shiftKey ? Math.max(at, 0) - 1 : (at + 1) % shown.length)?.focus();
});

// In the address, so that it outlives a reload even where a frame may store nothing.
const [NEW, AGAIN] = ["#new", "#again"];

const reload = (mark) => {
  location.replace(mark);
  location.reload();
};

// A browser may forbid storage in frames, which shows as an error at the first touch. Then all is kept
// for as long as the page.
const memory = {};
const stored = (use) => {
  try {
    return use(localStorage);
  } catch {
    return use(memory);
  }
};
const mine = `baton.${chatbot}.`;
const named = (storage) => Object.keys(storage).filter((name) => name.startsWith(mine));

const held = [];
const thumbs = {};
let token;
let people;
const bearer = () => token && { authorization: `Bearer ${token}` };
const fetched = async (path) => {
  const response = await fetch(`/attachments/${path}`, { headers: bearer() });
  if (!response.ok) throw response;
  return URL.createObjectURL(await response.blob());
};

// What the visitor's token is needed for, beside the socket and files. None when the way there is cut.
const ask = (path, body) =>
  fetch(`/visitors/${path}`, {
    headers: { ...bearer(), "content-type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  }).catch(() => {});

// What is asked before the chat begins. While the way there is cut or busy, it is asked again.
const asking = async () => {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8_000)) {
    const answer = await ask(`before?chatbot=${chatbot}`);
    if (answer?.ok) return answer.json();
    if (answer?.status < 429) return {};
    await new Promise((done) => setTimeout(done, wait));
  }
};

// Parts are what few visitors need: a module each, loaded when it is asked for. It is called with what
// stands here, draws with the elements of the page, and asks the hub by itself.
const loaded = {};
const part = (name, ...more) =>
  (loaded[name] ??= import(parts[name])).then(
    (module) => module.default(baton, ...more),
    () => delete loaded[name],
  );
// A button may name the part that it asks for.
addEventListener("click", ({ target }) => {
  const asks = target.closest?.("[data-part]");
  if (asks) part(asks.dataset.part, asks);
});

// Who the visitor is, as the page says or as they wrote into the form before the chat, goes to the hub
// once it knows the visitor, and again to every new one.
let who;
const introduce = () =>
  token && (who || baton.kept("introduced")) && part("introduce", who, token, { chatbot, forget, tell });

// The language's lines, by what the server put into the page.
const { lang } = page;
let lines = ["", "The chat stopped. Reload it.", "", "", "", "Reload"];
const [STOPPED, OPEN, UNREAD, CLOSE, RELOAD, CHAT] = [1, 2, 3, 4, 5, 6];
const FORM = /^(?:(ordinal-)?(zero|one|two|few|many):)?(.*)$/;

// A line with its values; of several forms the one for its number.
const said = (line, ...values) => {
  const forms = lines[line].split(" | ").map((form) => FORM.exec(form));
  const kind = (type) => new Intl.PluralRules(lang, { type }).select(values[0]);
  const fits = ([, ordinal, of]) => !of || of === kind(ordinal ? "ordinal" : "cardinal");
  return forms.find(fits)[3].replace(/{(\d)}/g, (_, at) => values[at]);
};

globalThis.baton = {
  parts,
  part,
  ask,
  socket: `${location.origin.replace("http", "ws")}/ws/visitor`,
  locale: query.get("locale") || navigator.language,
  framed,
  fine: matchMedia("(pointer: fine)").matches,
  said,
  clock(at) {
    const date = new Date(at);
    const words = `${lang}-u-nu-latn`;
    const time = date.toLocaleTimeString(words, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const today = date.toDateString() === new Date().toDateString();
    return today ? time : `${date.toLocaleDateString(words, { day: "numeric", month: "short" })}, ${time}`;
  },
  random: (bytes) => crypto.getRandomValues(bytes),
  kept: (name) => stored((storage) => storage[mine + name]),
  keep: (name, value) =>
    forgotten ||
    stored((storage) => (value == null ? delete storage[mine + name] : (storage[mine + name] = value))),
  names: () =>
    stored(named)
      .map((name) => name.slice(mine.length))
      .join(" "),
  set token(now) {
    token = now;
    page.toggleAttribute("data-known", !!now);
    introduce();
  },
  // Files: the page holds them, the program knows their places. What is heard of one is said in words:
  //   "file", place, name, size     it was chosen
  //   "sent", place, bytes          so much is on its way
  //   "answer", place, letters      the answer, a letter for each byte; none when it broke off
  take(event) {
    const { target, clipboardData, dataTransfer } = event;
    if (dataTransfer?.types.includes("Files")) event.preventDefault();
    const files = [...((clipboardData ?? dataTransfer ?? target).files ?? [])];
    if (clipboardData && files.length) event.preventDefault();
    if (target.type === "file") target.value = "";
    if (event.type === "dragover") return;
    for (const file of files) hear("file", `${held.push({ file }) - 1}`, file.name, `${file.size}`);
  },
  upload(place, conversation, accept) {
    const request = (held[place].request = new XMLHttpRequest());
    request.open("POST", `/attachments/${conversation}`);
    request.responseType = "arraybuffer";
    const headers = { ...bearer(), accept, "x-file-name": encodeURIComponent(held[place].file.name) };
    for (const name in headers) request.setRequestHeader(name, headers[name]);
    request.upload.onprogress = ({ loaded }) => hear("sent", `${place}`, `${loaded}`, "");
    request.onloadend = () => {
      const bytes = new Uint8Array(request.response ?? []);
      hear("answer", `${place}`, String.fromCharCode(...bytes), "");
    };
    request.send(held[place].file);
  },
  cut(place) {
    const { request } = held[place];
    held[place] = {};
    if (!request) return;
    request.onloadend = request.upload.onprogress = null;
    request.abort();
  },
  picture(image, id) {
    thumbs[id] ??= fetched(`${id}/thumbnail`);
    thumbs[id].then(
      (url) => (image.src = url),
      () => delete thumbs[id],
    );
  },
  save: (id, name) =>
    fetched(id).then(
      (href) => Object.assign(document.createElement("a"), { href, download: name }).click(),
      () => {},
    ),
  close: () => tell("close"),
  unread: (count) => tell("unread", { count, words: said(count ? UNREAD : OPEN, count) }),
  came(from) {
    tell("message", { from });
    if (baton.kept("sound") && (hidden || document.hidden)) part("tone");
  },
  thumbs: (...answer) => part("thumbs", ...answer),
  // Who was on the way to a person, or with one, is asked how it was.
  stands(state) {
    tell("handoff", { state });
    if (document.querySelector(".face:not([data-who])")) people ||= part("people");
    if (!/^(assistant|closed)$/.test(state)) baton.keep("talked", 1);
    else if (baton.kept("talked")) part("rating");
  },
  welcomed: () => location.hash === NEW && location.replace("#"),
  reload(once) {
    const helps = !once || location.hash.length < 2;
    if (helps) reload(once ? NEW : "#");
    return helps;
  },
};

// A panic is a trap, and what trapped cannot go on: everything begins anew, once by itself.
const stopped = () => {
  if (location.hash !== AGAIN) return reload(AGAIN);
  const notice = document.createElement("p");
  notice.className = "note-line";
  notice.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.className = "btn sm";
  button.append(said(RELOAD));
  button.onclick = () => reload("#");
  notice.append(said(STOPPED), button);
  document.querySelector(".w")?.remove();
  document.body.append(notice);
};

const trapped = (error) => error instanceof WebAssembly.RuntimeError && stopped();
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

try {
  // Whoever was asked is not asked again.
  token = baton.kept("token");
  const asked = asking();
  const [glue, words] = await Promise.all([import(parts.js), fetch(parts.words)]);
  if (!words.ok) throw words;
  const [table, form] = await Promise.all([words.text(), asked, glue.default({ module_or_path: program })]);
  lines = table.split("\n");
  // What the server painted until now.
  document.querySelector(".w")?.remove();
  // Until then nobody is known to the hub, and nothing is kept.
  if (form.ask && (await part("before", form.ask, chatbot)) !== "filled") throw form;
  hear = glue.start(chatbot);
  // Whoever frames this may know that it listens.
  const names = [OPEN, CLOSE, CHAT].map((line) => said(line));
  if (framed) parent.postMessage({ baton: "ready", words: names }, "*");
} catch {
  stopped();
}
