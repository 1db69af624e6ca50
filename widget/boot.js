// Loads the chat into its frame, starts it, and keeps what lies around it: the frame's own address,
// the loader on the page around, and a way out when the chat itself has stopped.
//
// Messages, typed by their field `baton`; anything else is ignored:
//   from the loader   { baton: "page", url, title, referrer, full }
//                                                             the answer to "ready", and when it changed;
//                                                             full when the frame covers the page
//                     { baton: "show" }, { baton: "hide" }      the panel was opened, or closed
//   to the loader     { baton: "ready" }                        the frame listens
//                     { baton: "close" }                        close the panel
//                     { baton: "unread", count }                what the launcher shows

const { js, wasm } = document.getElementById("baton-boot").dataset;
const framed = parent !== window;
const chatbot = new URLSearchParams(location.search).get("chatbot") ?? "";

// The page around, known from its first message; nothing but "ready" is told to anybody else.
let around;
let hear = () => {};
let full;

const tell = (message) => around && parent.postMessage(message, around);

addEventListener("message", ({ source, origin, data }) => {
  if (!framed || source !== parent || typeof data?.baton !== "string") return;
  around ??= origin;
  if (origin === around && /^(page|show|hide)$/.test(data.baton)) {
    full = data.full ?? full;
    hear(data.baton, ...[data.url, data.title, data.referrer].map((text) => `${text ?? ""}`));
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

// A browser may forbid storage in frames, which shows as an error at the first touch.
const stored = (use) => {
  try {
    return use(localStorage);
  } catch {}
};
const mine = `baton.${chatbot}.`;

const held = [];
const thumbs = {};
const bearer = () => ({ authorization: `Bearer ${baton.token}` });
const fetched = async (path) => {
  const response = await fetch(`/attachments/${path}`, { headers: bearer() });
  if (!response.ok) throw response;
  return URL.createObjectURL(await response.blob());
};

globalThis.baton = {
  socket: `${location.origin.replace("http", "ws")}/ws/visitor`,
  locale: navigator.language,
  framed,
  fine: matchMedia("(pointer: fine)").matches,
  clock(at) {
    const date = new Date(at);
    const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const today = date.toDateString() === new Date().toDateString();
    return today ? time : `${date.toLocaleDateString([], { day: "numeric", month: "short" })}, ${time}`;
  },
  random: (bytes) => crypto.getRandomValues(bytes),
  kept: (name) => stored((storage) => storage[mine + name]),
  keep: (name, value) =>
    stored((storage) => (value == null ? delete storage[mine + name] : (storage[mine + name] = value))),
  names: () =>
    stored((storage) => Object.keys(storage).filter((name) => name.startsWith(mine)))
      ?.map((name) => name.slice(mine.length))
      .join(" ") ?? "",
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
  close: () => tell({ baton: "close" }),
  unread: (count) => tell({ baton: "unread", count }),
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
  button.append("Reload");
  button.onclick = () => reload("#");
  notice.append("The chat stopped. Reload it.", button);
  document.querySelector(".w")?.remove();
  document.body.append(notice);
};

const trapped = (error) => error instanceof WebAssembly.RuntimeError && stopped();
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

try {
  const glue = await import(js);
  await glue.default({ module_or_path: wasm });
  hear = glue.start(chatbot);
  // Whoever frames this may know that it listens.
  if (framed) parent.postMessage({ baton: "ready" }, "*");
} catch {
  stopped();
}
