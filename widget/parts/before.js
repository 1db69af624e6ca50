// What is asked for before the chat begins: until it is sent nothing is kept of the visitor, neither here
// nor by the hub. It stands where the chat will be.

import { element, icon, styled, trouble } from "./lib.js";

const NAMES = { name: LINE.name, email: LINE.email, phone: LINE.phone };
const KINDS = { name: ["text", "name"], email: ["email", "email"], phone: ["tel", "tel"] };

/** What is wrong with a field, in the visitor's language. */
const wrong = (problem, said) => {
  if (problem.too_long) return said(LINE.too_long_for_field, problem.too_long.limit);
  const line = { not_an_address: LINE.not_an_address, not_a_phone_number: LINE.not_a_number }[problem];
  return said(line ?? LINE.needed);
};

/** Draws the form, and is done when the hub finds it well filled. */
export default async (baton, ask, chatbot) => {
  await styled(baton);
  const { said } = baton;
  const typed = JSON.parse(baton.kept("before") ?? "{}");
  const agree = ask.consent && element("input", { type: "checkbox", id: "agree" });
  if (agree) agree.checked = "agreed" in typed;

  const rows = ask.fields.map(({ kind, required }, at) => {
    const [type, autocomplete] = KINDS[kind] ?? ["text", "off"];
    const input = element("input", { id: `before-${at}`, type, autocomplete, maxlength: 1000 });
    input.value = typed[at] ?? "";
    const mark = element("span", {}, said(required ? LINE.required : LINE.optional));
    const label = element("label", { for: input.id, dir: "auto" }, kind.custom ?? said(NAMES[kind]), " ", mark);
    return { kind, input, row: element("div", { class: "field" }, label, input) };
  });
  const own = rows.filter(({ kind }) => kind.custom != null);
  const consent = () => {
    const { text, url } = ask.consent;
    const words = element("label", {}, agree, element("span", { dir: "auto" }, text));
    const link = url && element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, said(LINE.read_on));
    return element("div", { class: "field agree" }, words, link || "");
  };
  const agreed = agree && { input: agree, row: consent() };

  // Over a reload, once the visitor agreed to it being kept.
  const keep = () => {
    const all = Object.fromEntries(rows.map(({ input }, at) => [at, input.value]));
    if (agree) all.agreed = true;
    baton.keep("before", !agree || agree.checked ? JSON.stringify(all) : null);
  };
  const complain = ({ row, input }, words) => {
    row.append(Object.assign(trouble(words), { id: "wrong" }));
    input.setAttribute("aria-invalid", true);
    input.setAttribute("aria-describedby", "wrong");
    input.focus();
  };

  return new Promise((done) => {
    const submit = async (event) => {
      event.preventDefault();
      const of = (wanted) => rows.find(({ kind }) => kind === wanted)?.input.value.trim() ?? "";
      const details = {
        name: of("name"),
        email: of("email"),
        phone: of("phone"),
        message: "",
        custom: own.map(({ kind, input }) => ({ label: kind.custom, text: input.value.trim() })),
        consent: !!agree?.checked,
      };
      sends.disabled = true;
      const answer = await baton.ask(`before?chatbot=${chatbot}`, details);
      sends.disabled = false;
      for (const old of form.querySelectorAll(".trouble")) old.remove();
      for (const { input } of [...rows, ...(agreed ? [agreed] : [])]) input.removeAttribute("aria-invalid");
      if (answer?.ok) {
        baton.keep("introduced", JSON.stringify(details));
        panel.remove();
        return done("filled");
      }
      const refused = answer?.status === 422 && (await answer.json().catch(() => "over"));
      // The owner asks for nothing any more.
      if (refused === "over") {
        panel.remove();
        return done("filled");
      }
      const { field, problem } = refused?.field_invalid ?? {};
      const found = field?.custom == null ? rows.find(({ kind }) => kind === field) : own[field.custom];
      if (field === "consent") complain(agreed, said(LINE.no_consent));
      else if (found) complain(found, wrong(problem, said));
      else form.append(trouble(said(LINE.broke)));
    };
    const sends = element("button", { type: "submit", class: "btn lg", "data-kind": "primary" }, said(LINE.begin));
    const form = element(
      "form",
      { class: "ask part before", novalidate: true, "aria-label": ask.name, submit, input: keep, change: keep },
      ...rows.map(({ row }) => row),
      agreed?.row ?? "",
      sends,
    );
    const names = { type: "button", class: "btn sq", "data-kind": "quiet", "data-do": "close", "aria-label": said(LINE.close) };
    const close = element("button", { ...names, click: () => parent.postMessage({ baton: "close" }, "*") }, icon("m5 5 10 10", "M15 5 5 15"));
    const head = element("header", {}, element("div", {}, element("h2", { dir: "auto" }, ask.name)), baton.framed ? close : "");
    const labels = { class: "w", role: "dialog", "aria-label": said(LINE.chat_with, ask.name) };
    const panel = element("section", labels, head, element("div", { class: "chat" }, form));
    panel.addEventListener("keydown", ({ key }) => key === "Escape" && close.click());
    document.body.append(panel);
    if (baton.fine) rows[0]?.input.focus();
  });
};
