// Files, both ways: sent, seen, opened, left out again, and refused before a byte of them is sent.
import { expect, test } from "./support/story.mjs";
import { TEAM } from "./support/people.mjs";
import { deskOfEach } from "./support/desk.mjs";
import { DESK_AND_PHONE, obstacles, shoot } from "./support/shots.mjs";

test.use({ trace: "off" });

const here = deskOfEach(test);

const PDF = { name: "pole-fitting-guide.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF") };
const TEXT = { name: "order.txt", mimeType: "text/plain", buffer: Buffer.from("4711") };

/** A picture as large as a window. */
const picture = async (page, name = "tent.png") => ({ name, mimeType: "image/png", buffer: await page.screenshot() });

/** Chooses files behind the paper clip. */
const attaches = ({ page }, files) => page.locator('.write input[type="file"]').setInputFiles(files);
const encloses = ({ chat }, files) => chat.locator('.say-box input[type="file"]').setInputFiles(files);

const chips = ({ page }) => page.getByRole("list", { name: "Files that go along" });
const enclosed = ({ chat }) => chat.getByRole("list", { name: "Files that go along" });

/** A picture is there as a whole and not only its place. */
const isPainted = (image) => expect.poll(() => image.evaluate((it) => it.complete && it.naturalWidth > 0)).toBe(true);

/** A visitor and Mara, who holds the chat. */
async function talk(desk) {
  const [mara] = await desk.staff("mara");
  const visitor = await desk.visitor();
  await visitor.says("Can I talk to a person?");
  await mara.opens();
  await mara.takesOver();
  await visitor.isJoinedBy(TEAM.mara);
  return { mara, visitor };
}

test("files: a picture and a file go each way, and a picture is looked at by itself", async () => {
  const { mara, visitor } = await talk(here.desk);
  const shot = await picture(mara.page);

  await attaches(mara, [shot, PDF]);
  await expect(chips(mara).getByRole("listitem")).toHaveCount(2);
  await expect(mara.page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
  await shoot(mara.page, "files-chips", DESK_AND_PHONE);
  await mara.says("This is how the pole fits.");
  await expect(chips(mara)).toHaveCount(0);

  const image = visitor.chat.getByRole("img", { name: "tent.png" });
  await isPainted(image);
  await expect(visitor.log.getByRole("button", { name: /pole-fitting-guide/ })).toBeVisible();

  // The visitor answers with files alone.
  await encloses(visitor, [await picture(visitor.page, "broken pole.png"), TEXT]);
  await expect(enclosed(visitor).getByRole("listitem")).toHaveCount(2);
  await expect(enclosed(visitor).getByRole("progressbar")).toHaveCount(0);
  await shoot(visitor.page, "files-widget-chips", DESK_AND_PHONE);
  await visitor.chat.getByRole("button", { name: "Send" }).click();
  await isPainted(visitor.chat.getByRole("img", { name: "broken pole.png" }));
  await shoot(visitor.page, "files-widget", DESK_AND_PHONE);

  const open = mara.log.getByRole("button", { name: "Open the picture broken pole.png" });
  await isPainted(open.getByRole("img"));
  await expect(mara.log.getByRole("link", { name: /order\.txt/ })).toBeVisible();
  await mara.shows("Active");
  await expect(mara.rows).toContainText("2 files");
  await shoot(mara.page, "files-thread", DESK_AND_PHONE);

  // Both pictures, by keys; and back to where it began.
  await open.click();
  const dialog = mara.page.getByRole("dialog", { name: "Picture" });
  await expect(dialog).toContainText("2 of 2");
  await isPainted(dialog.getByRole("img"));
  await shoot(mara.page, "files-viewer", DESK_AND_PHONE);
  await mara.page.keyboard.press("ArrowLeft");
  await expect(dialog).toContainText("tent.png");
  await expect(dialog).toContainText("1 of 2");
  const [download] = await Promise.all([
    mara.page.waitForEvent("download"),
    dialog.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("tent.png");
  await mara.page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(open).toBeFocused();
  expect(obstacles).toEqual({});
});

test("files: an upload can be cut off, and what is too large is refused before it is sent", async () => {
  const { mara, visitor } = await talk(here.desk);
  const sent = [];
  let go;
  const held = new Promise((resolve) => (go = resolve));
  for (const { page } of [mara, visitor]) {
    await page.route("**/attachments/*", async (route) => {
      if (route.request().method() === "POST") {
        sent.push(route.request().url());
        await held;
      }
      await route.continue().catch(() => {});
    });
  }
  const large = { name: "film.mov", mimeType: "video/quicktime", buffer: Buffer.alloc(21 * 1024 * 1024) };

  await attaches(mara, large);
  await expect(chips(mara)).toContainText("too large, 20 MB at most");
  await encloses(visitor, large);
  await expect(enclosed(visitor)).toContainText("Too large, 20 MB at most.");
  expect(sent).toEqual([]);
  await chips(mara).getByRole("button", { name: "Leave film.mov out" }).click();
  await enclosed(visitor).getByRole("button", { name: "Leave out film.mov" }).click();
  await expect(chips(mara)).toHaveCount(0);
  await expect(enclosed(visitor)).toBeHidden();

  await attaches(mara, TEXT);
  await expect(chips(mara).getByRole("progressbar")).toBeVisible();
  const send = mara.page.getByRole("button", { name: "Send", exact: true });
  await expect(send).toBeDisabled();
  await expect(send).toHaveAttribute("title", "Files are still on their way.");
  await chips(mara).getByRole("button", { name: "Leave order.txt out" }).click();
  await expect(chips(mara)).toHaveCount(0);

  // The visitor presses Send at once, and it goes out when the file is up.
  await encloses(visitor, TEXT);
  await visitor.box.fill("My order");
  await visitor.chat.getByRole("button", { name: "Send" }).click();
  await expect(visitor.box).toHaveValue("My order");
  go();
  await mara.sees("My order");
  await mara.sees("order.txt");
  await expect(visitor.box).toHaveValue("");
});

test("files: what is pasted or dropped goes along too", async () => {
  const { mara, visitor } = await talk(here.desk);
  const drop = (name) => {
    const data = new DataTransfer();
    data.items.add(new File(["4711"], name, { type: "text/plain" }));
    return data;
  };
  const dropped = await mara.page.evaluateHandle(drop, "dropped.txt");
  await mara.log.dispatchEvent("dragover", { dataTransfer: dropped });
  await expect(mara.page.locator(".box[data-over]")).toBeVisible();
  await mara.log.dispatchEvent("drop", { dataTransfer: dropped });
  await expect(chips(mara)).toContainText("dropped.txt");
  await expect(mara.page.locator(".box[data-over]")).toHaveCount(0);

  const paste = (element) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["4711"], "pasted.txt", { type: "text/plain" }));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  };
  await mara.reply.evaluate(paste);
  await expect(chips(mara)).toContainText("pasted.txt");
  await mara.page.getByRole("button", { name: "Send", exact: true }).click();
  await visitor.sees("dropped.txt");
  await visitor.sees("pasted.txt");
  await visitor.box.evaluate(paste);
  await expect(enclosed(visitor)).toContainText("pasted.txt");
});
