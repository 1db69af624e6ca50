// The menu of the head, with what is rarely done: keep the conversation as a file, a sound for new
// messages, begin a new conversation and come back to an earlier one.

import { button, element, icon, styled, trouble } from "./lib.js";
import { transcript } from "./transcript.js";

/** Earlier conversations that one browser knows. */
const EARLIER = 20;
const BIN = "M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.8 10.5h7.4l.8-10.5";

let close;

/** Opens or closes it. */
export default async (baton, opener) => {
  if (close) return close();
  await styled(baton);
  const { said } = baton;
  const menu = element("div", { class: "more part", role: "group", "aria-label": said(LINE.more) });
  const away = new AbortController();
  close = (focus) => {
    close = null;
    away.abort();
    menu.remove();
    opener.setAttribute("aria-expanded", false);
    if (focus) opener.focus();
  };

  const way = (words, click, attributes) => element("button", { type: "button", click, ...attributes }, ...[words].flat());
  const show = (...inside) => {
    menu.replaceChildren(...inside);
    menu.querySelector("button")?.focus();
  };
  const failed = (line) => {
    menu.querySelector(".trouble")?.remove();
    menu.append(trouble(said(line)));
  };

  const save = async ({ target }) => {
    target.disabled = true;
    const saved = await transcript(baton);
    target.disabled = false;
    if (saved) close?.(true);
    else failed(LINE.broke);
  };

  const sound = ({ currentTarget: knob }) => {
    const on = knob.getAttribute("aria-checked") !== "true";
    baton.keep("sound", on ? 1 : null);
    knob.setAttribute("aria-checked", on);
    if (on) baton.part("tone");
  };

  // Another conversation is another visitor to the hub: the one that is left is kept by its token.
  const earlier = () => JSON.parse(baton.kept("earlier") ?? "[]");
  const leaves = (to) => {
    // What is not sent yet belongs to this one.
    if (/(^| )draft\./.test(baton.names())) return failed(LINE.on_the_way);
    const [token, conversation] = ["token", "conversation"].map(baton.kept);
    // By the first own words that are shown, else by whom it is with.
    const named = [".m[data-from=me] .b", ".w h2"].map((one) => document.querySelector(one)).find(Boolean);
    const first = named?.textContent ?? "";
    const left = { token, conversation, at: Date.now(), first: first.slice(0, 80) };
    const others = earlier().filter((one) => one.token !== to?.token);
    baton.keep("earlier", JSON.stringify((begun ? [left, ...others] : others).slice(0, EARLIER)));
    for (const name of ["token", "conversation"]) baton.keep(name, to?.[name]);
    for (const name of ["details", "talked"]) baton.keep(name);
    baton.reload(false);
  };
  const list = () => {
    const rows = earlier().map((one) =>
      way([element("span", { dir: "auto" }, one.first), element("small", {}, baton.clock(one.at))], () => leaves(one)),
    );
    show(element("h3", {}, said(LINE.earlier)), ...rows);
  };

  const known = baton.kept("token") || earlier().length;

  const begun = document.querySelector(".chat > ol > li");
  const dots = icon("M4 8.5a6 6 0 0 1 12 0c0 4 1.5 5 1.5 5h-15s1.5-1 1.5-5z", "M8.4 16.2a1.9 1.9 0 0 0 3.2 0");
  opener.setAttribute("aria-expanded", true);
  show(
    ...[
      begun && way([icon("M10 3.5v9M6 9l4 4 4-4", "M4 16.5h12"), said(LINE.transcript)], save),
      way([dots, said(LINE.sound)], sound, { role: "switch", "aria-checked": String(!!baton.kept("sound")) }),
      begun && way([icon("M10 4.5v11M4.5 10h11"), said(LINE.anew)], () => leaves()),
      earlier().length && way([icon("M10 6v4l2.6 1.7", "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14"), said(LINE.earlier)], list),
      known && way([icon(BIN), said(LINE.erase)], () => baton.part("erase", show, earlier())),
    ].filter(Boolean),
  );
  document.querySelector(".w > header").after(menu);
  menu.querySelector("button").focus();

  const on = (name, listener) => addEventListener(name, listener, { capture: true, signal: away.signal });
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopImmediatePropagation();
    close(true);
  });
  on("pointerdown", ({ target }) => menu.contains(target) || opener.contains(target) || close());
  on("focusin", ({ target }) => menu.contains(target) || opener.contains(target) || close());
};
