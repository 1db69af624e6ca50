// Deletes what is known of the visitor: the conversations of this browser, with files and visits, here and
// at the hub.

import { button, element, trouble } from "./lib.js";

/** Whether nothing is left of whom a token is for; who is not known any more has nothing left. */
const gone = async (token) => {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch("/visitors/erase", { method: "POST", headers }).catch(() => {});
  return answer?.ok || answer?.status === 401;
};

/** Asks first; `show` fills the menu. The earlier conversations go first: the page is known by the last. */
export default (baton, show, earlier) => {
  const { said } = baton;
  const over = () => {
    for (const name of baton.names().split(" ")) baton.keep(name);
    // The chat behind this goes on by itself: it keeps nothing more, and reaches nobody.
    baton.keep = () => {};
    globalThis.WebSocket = null;
    const leave = () => {
      if (!baton.framed) return location.reload();
      for (const name of ["close", "forgotten"]) parent.postMessage({ baton: name }, "*");
    };
    const done = button(said(baton.framed ? LINE.close : LINE.anew), "primary", leave);
    const told = element("div", { class: "erased part" }, element("p", { role: "status" }, said(LINE.erased)), done);
    document.querySelector(".w").append(told);
    done.focus();
  };
  const erase = async ({ target }) => {
    target.disabled = true;
    const left = [...earlier, { token: baton.kept("token") }];
    for (const { token } of left) {
      if (token && !(await gone(token))) {
        target.disabled = false;
        return target.before(trouble(said(LINE.broke)));
      }
    }
    over();
  };
  show(element("p", {}, said(LINE.erase_what)), button(said(LINE.erase_all), "danger", erase));
};
