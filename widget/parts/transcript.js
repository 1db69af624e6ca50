// The conversation as a file of plain text, out of what the visitor may see.

import { element } from "./lib.js";

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** The words of a rich text: its blocks one below the other, items with a dash. */
const plain = (nodes) => {
  const open = [];
  let text = "";
  const fresh = () => text && !text.endsWith("\n") && (text += "\n");
  for (const node of nodes) {
    if (node === "break") text += "\n";
    else if (node === "close") {
      const tag = open.pop();
      // Tags without a value are names, and a name has methods of its own.
      const href = typeof tag === "object" && tag.link?.href;
      if (href && !text.endsWith(href)) text += ` (${href})`;
    } else if (node.open) {
      open.push(node.open);
      if (/^(paragraph|code_block)$/.test(node.open)) fresh();
      if (node.open === "item") {
        fresh();
        text += "- ";
      }
    } else text += node.text ?? node.code;
  }
  return text.trim();
};

/** Fetches all pages, writes them down and hands the file to the browser. False when that broke off. */
export const transcript = async (baton) => {
  const { said } = baton;
  const title = document.querySelector(".w").getAttribute("aria-label");
  const who = (author) =>
    author === "visitor" ? said(LINE.you) : author === "ai" ? said(LINE.assistant) : (author.person?.name ?? "");
  const lines = [title, ""];
  const time = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const add = ({ at, author, body: { message, event } }) => {
    if (message) {
      const files = message.attachments.map(({ name }) => `[${name}]`);
      lines.push(`${time(at)}  ${who(author)}`, ...[plain(message.text), ...files].filter(Boolean), "");
    } else {
      const [{ message: words } = {}] = Object.values(typeof event === "string" ? {} : event);
      if (words) lines.push(`${time(at)}  ${words}`, "");
    }
  };
  for (let after = 0, more = true; more; ) {
    const answer = await baton.ask(`transcript?after=${after}`);
    if (answer?.status === 429) {
      await wait(+answer.headers.get("retry-after") || 1);
      continue;
    }
    if (!answer?.ok) return false;
    const page = await answer.json();
    page.entries.forEach(add);
    ({ more } = page);
    after = page.entries.at(-1)?.seq ?? after;
  }
  // With a mark at its beginning, by which old programs know the encoding.
  const file = new Blob(["\ufeff", lines.join("\n")], { type: "text/plain" });
  const href = URL.createObjectURL(file);
  element("a", { href, download: `${title}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return true;
};
