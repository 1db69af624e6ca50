// How was it with this person? Asked once they are done, below their last words, and never again once it
// was answered, skipped, or the visitor went on.

import { below, button, element, goOn, goesOn, icon, styled, trouble } from "./lib.js";

const ROUND = "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14";
const EYES = "M7.7 8.2h.01M12.3 8.2h.01";
const FACES = [
  ["M7 13.4a3.7 3.7 0 0 1 6 0", "m6.6 7.4 1.8.9M13.4 7.4l-1.8.9"],
  ["M7.3 13a4.3 4.3 0 0 1 5.4 0", EYES],
  ["M7.4 12.5h5.2", EYES],
  ["M7.2 11.8a4 4 0 0 0 5.6 0", EYES],
  ["M6.6 10.8h6.8a3.4 3.4 0 0 1-6.8 0z", "M7 7.9c.4-.6 1.2-.6 1.6 0M11.4 7.9c.4-.6 1.2-.6 1.6 0"],
];
const WORDS = [LINE.rate_bad, LINE.rate_poor, LINE.rate_fair, LINE.rate_good, LINE.rate_great];

let shown;
// How often it was asked for.
let turns = 0;

/** Asks the hub whether there is somebody to be rated, and then the visitor. */
export default async (baton) => {
  shown?.();
  const { said } = baton;
  const turn = ++turns;
  // Somebody has the visitor anew, or is on the way: that one is asked about then, and this is no answer
  // about them.
  const late = () => turn !== turns || document.querySelector('[data-held^="w"],[data-held^="p"]');
  let ask;
  // The end of it may be told before it can be read: nothing is asked once more before it counts as nothing.
  for (const wait of [0, 1_500]) {
    await new Promise((done) => setTimeout(done, wait));
    const answer = await baton.ask("rating");
    // It is tried again with the next page.
    if (late() || !answer?.ok) return;
    ({ ask } = await answer.json());
    if (ask) break;
  }
  const over = () => baton.keep("talked");
  if (!ask || ask.rating) return over();
  await styled(baton);
  if (late()) return;

  const card = element("div", { class: "part" });
  let rated = { stars: 0, comment: "" };
  const end = () => {
    stop();
    card.remove();
    over();
  };
  const stop = goesOn(end);
  shown = () => {
    stop();
    card.remove();
  };

  const leave = () => {
    end();
    goOn(baton);
  };

  const draw = () => {
    const choice = (at) => {
      const name = { type: "radio", name: "stars", value: at + 1, required: true, checked: rated.stars === at + 1 };
      const mark = element("span", {}, icon(ROUND, ...FACES[at]), said(WORDS[at]));
      return element("label", {}, element("input", name), mark);
    };
    const title = said(LINE.rate_title, ask.name);
    const comment = element("textarea", { id: "comment", rows: 2, maxlength: 1000 });
    comment.value = rated.comment;
    const sends = element("button", { type: "submit", class: "btn lg", "data-kind": "primary" }, said(LINE.rate_send));
    const form = element(
      "form",
      { class: "ask", "aria-label": title, novalidate: true },
      element("h3", { dir: "auto" }, title),
      element("div", { class: "faces", role: "radiogroup", "aria-label": said(LINE.rating) }, ...FACES.map((_, at) => choice(at))),
      element(
        "div",
        { class: "field" },
        element("label", { for: "comment" }, said(LINE.rate_more), " ", element("span", {}, said(LINE.optional))),
        comment,
      ),
      element("div", { class: "acts two" }, sends, button(said(LINE.skip), "quiet", leave)),
    );
    const fails = (line) => {
      form.querySelector(".trouble")?.remove();
      form.lastChild.before(trouble(said(line)));
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const chosen = form.querySelector(":checked");
      if (!chosen) {
        fails(LINE.needed);
        form.querySelector("input").focus();
        return;
      }
      rated = { stars: +chosen.value, comment: comment.value.trim() };
      sends.disabled = true;
      const answer = await baton.ask("rating", { handoff: ask.handoff, ...rated });
      sends.disabled = false;
      if (answer?.ok) thank();
      // There is nothing to rate any more.
      else if (answer?.status === 404) leave();
      else fails(LINE.unsaved);
    });
    card.replaceChildren(form);
  };

  const thank = () => {
    over();
    const change = element("button", { type: "button", class: "btn sm", click: draw }, said(LINE.change));
    const words = said(LINE.rated, said(WORDS[rated.stars - 1]));
    card.replaceChildren(element("p", { class: "sys-line" }, icon(ROUND, "m6.9 10.3 2.2 2.2 4.1-4.8"), words, change));
    change.focus();
  };

  draw();
  below(card);
};
