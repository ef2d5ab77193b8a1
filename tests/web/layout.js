// What can be wrong with the layout of a page and that axe does not see. Gives a list of sentences.
() => {
  const faults = [];
  const shown = (element) => element.checkVisibility() && !element.closest(".hidden");
  const named = (element) => `<${element.localName}> "${(element.innerText || element.id).trim().slice(0, 60)}"`;
  // Half a pixel is rounding, not something that a person can see.
  const within = (inner, outer) => inner.left > outer.left - 0.5 && inner.right < outer.right + 0.5
    && inner.top > outer.top - 0.5 && inner.bottom < outer.bottom + 0.5;
  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].filter(({ width }) => width > 0);
  };
  const view = document.documentElement.clientWidth;

  if (document.documentElement.scrollWidth > view) faults.push("the page scrolls sideways");

  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.right > view + 0.5) faults.push(`${named(element)} sticks out of the window`);
    const { overflowX, overflowY } = getComputedStyle(element);
    const cut = (overflowX !== "visible" && element.scrollWidth > element.clientWidth)
      || (overflowY !== "visible" && element.scrollHeight > element.clientHeight);
    // The text of a field may be longer than the field: one can move through it.
    if (cut && !element.matches("input, textarea")) faults.push(`${named(element)} is cut off`);
  }

  for (const element of document.querySelectorAll("label, button, .button, .panel, .errors")) {
    if (!shown(element)) continue;
    const box = element.getBoundingClientRect();
    if (!lines(element).every((line) => within(line, box))) faults.push(`the text of ${named(element)} leaves its box`);
  }

  for (const label of document.querySelectorAll("label")) {
    const rows = new Set(lines(label).map(({ top }) => Math.round(top)));
    if (rows.size > 3) faults.push(`${named(label)} takes ${rows.size} lines`);
  }

  const inSentences = ".said p, .said li, .lead p, .lead li, .hint p, .hint li, details p, details li";
  for (const target of document.querySelectorAll("a, button, input, textarea, summary")) {
    if (!shown(target) || (target.localName === "a" && target.closest(inSentences))) continue;
    const boxes = [target, ...(target.type === "radio" ? target.labels : [])].map((e) => e.getBoundingClientRect());
    if (!boxes.some(({ width, height }) => width >= 24 && height >= 24)) {
      const { width, height } = boxes[0];
      faults.push(`${named(target)} is a small target: ${width.toFixed(1)} by ${height.toFixed(1)}`);
    }
  }
  return faults;
}
