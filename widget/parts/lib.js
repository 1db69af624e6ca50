// What the parts share: elements, icons and a place below the messages. Elements are built, never written
// as HTML; what is said in them is text.

const SVG = "http://www.w3.org/2000/svg";

/** An element with its attributes and what is in it. A function under the name of an event listens. */
export const element = (tag, attributes = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value != null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside);
  return made;
};

/** An icon of 20 by 20 out of its paths. */
export const icon = (...paths) => {
  const shape = (path) => {
    const made = document.createElementNS(SVG, "path");
    made.setAttribute("d", path);
    return made;
  };
  const made = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", "0 0 20 20"], ["class", "i"], ["aria-hidden", "true"]])
    made.setAttribute(name, value);
  made.append(...paths.map(shape));
  return made;
};

export const button = (words, kind, click, ...before) =>
  element("button", { type: "button", class: "btn lg", "data-kind": kind, click }, ...before, words);

/** What went wrong, said at once. */
export const trouble = (words) => element("p", { class: "trouble", role: "alert" }, words);

const chat = () => document.querySelector(".chat");

/** Puts something below the messages, and shows it to whoever looked at the newest. */
export const below = (made) => {
  const place = chat();
  const followed = place.scrollHeight - place.clientHeight - place.scrollTop < 60;
  place.append(made);
  if (followed) place.scrollTop = place.scrollHeight;
};

/** Calls once the conversation goes on: with words of the visitor's own, or a person on the way. What is
 *  loaded of earlier stands further up. */
export const goesOn = (then) => {
  const news = (node) => node.matches?.(".m[data-from=me],.sys-line") && !node.nextSibling;
  const seen = new MutationObserver((changes) => {
    if (!changes.some(({ addedNodes }) => [...addedNodes].some(news))) return;
    seen.disconnect();
    then();
  });
  seen.observe(chat().querySelector("ol"), { childList: true });
  return () => seen.disconnect();
};

/** Where one goes on after something is gone: the composer, or with fingers the panel. */
export const goOn = (baton) =>
  document.querySelector(baton.fine ? ".say-box textarea" : ".w")?.focus({ preventScroll: true });

/** The parts' own style, there before what it is for. */
export const styled = (baton) =>
  (styled.loaded ??= new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href: baton.parts.style, load: done, error: done });
    document.head.append(link);
    // What is typed here is not on its way to the team, as what is typed in the composer is.
    for (const name of ["input", "change", "paste", "drop", "dragover"])
      addEventListener(name, (event) => event.target.closest?.(".part:not(.before)") && event.stopImmediatePropagation(), true);
  }));
