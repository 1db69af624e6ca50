// Pictures of the people whom the visitor talks with, over their initials: in the head and beside what
// they wrote.

import { element, styled } from "./lib.js";

// By hue and initials: where somebody's picture is, or nothing where there is none.
const known = {};

/** Puts them wherever somebody is drawn from now on. Of whom nothing is known yet the hub is asked, once. */
export default async (baton) => {
  await styled(baton);
  const show = async () => {
    let missing;
    for (const face of document.querySelectorAll(".face:not([data-who])")) {
      const name = face.style.getPropertyValue("--h") + face.textContent;
      if (!(name in known)) missing = known[name] = "";
      else if (known[name] && !face.children[0]) face.append(element("img", { src: known[name], alt: "" }));
    }
    if (missing == null) return;
    const answer = await baton.ask("people");
    if (!answer?.ok) return;
    for (const { hue, initials, picture } of (await answer.json()).people) known[hue + initials] = `/faces/${picture}`;
    show();
  };
  new MutationObserver(show).observe(document.querySelector(".w"), { childList: true, subtree: true });
  show();
};
