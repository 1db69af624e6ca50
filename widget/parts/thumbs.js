// Whether an answer of the assistant helped: two buttons below it, of which one may be pressed.

import { element, icon, styled } from "./lib.js";

const THUMB = [
  "M6.7 9 9.4 3.3c1.3 0 2.1 1 1.9 2.3L10.9 8H15a1.6 1.6 0 0 1 1.6 1.9l-.9 4.8a1.6 1.6 0 0 1-1.6 1.3H6.7z",
  "M6.7 9H3.5v7h3.2",
];
const KINDS = ["up", "down"];
// What was said since the page was loaded: a row may be drawn anew.
const known = {};

/** Draws them into their place. `thumb` is what the visitor said before: 0 nothing, 1 up, 2 down. */
export default async (baton, place, seq, thumb) => {
  known[seq] ??= KINDS[thumb - 1] ?? null;
  await styled(baton);
  const buttons = KINDS.map((kind) => {
    const words = baton.said(kind === "up" ? LINE.helped : LINE.not_helped);
    const name = { type: "button", class: `btn sq sm ${kind}`, "data-kind": "quiet", "aria-label": words, title: words };
    return element("button", { ...name, click: () => choose(kind) }, icon(...THUMB));
  });
  const paint = () => KINDS.forEach((kind, at) => buttons[at].setAttribute("aria-pressed", known[seq] === kind));
  const choose = async (kind) => {
    const before = known[seq];
    const now = (known[seq] = before === kind ? null : kind);
    paint();
    const answer = await baton.ask("thumb", { seq, thumb: now });
    if (answer?.ok || known[seq] !== now) return;
    known[seq] = before;
    paint();
  };
  paint();
  place.replaceChildren(...buttons);
};
