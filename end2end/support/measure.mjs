// Runs in a page: what is too wide, cut off, or too small to hit.

/** Pairs of a rule that is broken and an example. `reach` is how large a control has to be, in pixels. */
export function measure(reach) {
  const { clientWidth, clientHeight, scrollWidth } = document.documentElement;
  const found = [];
  const say = (element) => `${element.outerHTML.slice(0, 160)}`;
  if (scrollWidth > clientWidth) found.push(["the page scrolls sideways", `${scrollWidth - clientWidth} px`]);
  const shows = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };

  for (const element of document.querySelectorAll("body *")) {
    if (!shows(element) || element.closest("svg")) continue;
    const style = getComputedStyle(element);
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const spills = element.scrollWidth > element.clientWidth + 1;
    if (words && spills && style.overflowX === "visible" && style.display !== "inline") {
      found.push(["words spill out of their place", say(element)]);
    }
    if (element.matches("button, .btn, h1, h2, label") && spills && style.textOverflow === "ellipsis") {
      found.push(["words are cut", say(element)]);
    }
  }

  // Where an element scrolls, or the whole page.
  const placeOf = (element) => {
    for (let around = element.parentElement; around; around = around.parentElement) {
      const scrolls = /auto|scroll/.test(getComputedStyle(around).overflowY);
      if (scrolls && around.scrollHeight > around.clientHeight) return around.getBoundingClientRect();
    }
    return { left: 0, top: 0, right: clientWidth, bottom: clientHeight };
  };

  // A link within a sentence is as high as its line.
  const controls = [...document.querySelectorAll("button, a[href], input, textarea, select, summary, [role=menuitem]")];
  for (const control of controls.filter((control) => shows(control) && getComputedStyle(control).display !== "inline")) {
    // The words around a tick or a switch are a part of it.
    const target = control.closest("label") ?? control;
    const box = target.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const half = reach / 2 - 1;
    const corners = [
      [x - half, y],
      [x + half, y],
      [x, y - half],
      [x, y + half],
    ];
    // What scrolled away, or what a menu lies over, is nobody's target now.
    const hits = (x, y) => {
      const hit = document.elementFromPoint(x, y);
      return target.contains(hit) || Boolean(hit?.closest("[role=menu]"));
    };
    // What is scrolled halfway out of its place is no smaller for it.
    const place = placeOf(target);
    const inside = ([x, y]) =>
      x >= Math.max(0, place.left) &&
      y >= Math.max(0, place.top) &&
      x < Math.min(clientWidth, place.right) &&
      y < Math.min(clientHeight, place.bottom);
    if (hits(x, y) && corners.filter(inside).some(([x, y]) => !hits(x, y))) {
      found.push([`less than ${reach} px to hit`, `${Math.round(box.width)} × ${Math.round(box.height)} ${say(control)}`]);
    }
  }
  return found;
}
