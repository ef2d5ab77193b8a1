// What people see who use the keyboard, or colours that their device has fixed. Defines `sight`.
window.sight = (() => {
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !element.closest(".hidden");
  // A choice shows on its label that it has the focus.
  const face = (element) => (element.type === "radio" ? element.labels[0] : element);
  const named = (element) => `<${element.localName}> "${(face(element).innerText || element.id).trim().slice(0, 60)}"`;

  const read = (colour) => {
    const [, red, green, blue, alpha = 1] = colour.match(/^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/).map(Number);
    return { channels: [red, green, blue], alpha: Number.isNaN(alpha) ? 1 : alpha };
  };
  const over = ({ channels, alpha }, below) => channels.map((channel, at) => channel * alpha + below[at] * (1 - alpha));
  const ground = (element) => {
    const own = read(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.channels : over(own, ground(element.parentElement));
  };
  const luminance = (channels) => {
    const [red, green, blue] = channels.map((channel) => channel / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (colour, below) => {
    const [dark, light] = [luminance(over(read(colour), below)), luminance(below)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  // WCAG asks 3 of what shows a control and its state, and 4.5 of text.
  const drawn = (element, line) => {
    const of = (what) => getComputedStyle(element).getPropertyValue(`${line}-${what}`);
    return of("style") === "solid" && parseFloat(of("width")) >= 1
      && contrast(of("color"), ground(element.parentElement)) >= 3;
  };

  const stops = () => {
    const found = [...document.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex='0']")];
    const radios = (name) => found.filter((element) => element.type === "radio" && element.name === name);
    const entry = (group) => group.find(({ checked }) => checked) ?? group[0];
    return found.filter((element) => shown(element)
      && (element.type !== "radio" || element === entry(radios(element.name))));
  };
  const unseen = (element) => {
    const seen = face(element);
    const { left, top, right, bottom } = seen.getBoundingClientRect();
    // The browser scrolls by whole pixels.
    // The browser scrolls by whole pixels, and in a longer text only to where one writes.
    const down = element.localName === "textarea" ? top : bottom;
    const within = Math.min(left, top) > -1 && right < innerWidth + 1 && down < innerHeight + 1;
    return [
      ...(within ? [] : [`${named(element)} has the focus out of sight`]),
      ...(drawn(seen, "outline") ? [] : [`${named(element)} does not show its focus`]),
    ];
  };

  let way = [];
  let met = [];
  let faults = [];
  const note = ({ target }) => met.push(target);
  // By the time that the key comes up, the browser has scrolled to what got the focus.
  const look = ({ key }) => {
    if (key === "Tab" && document.activeElement !== document.body) faults.push(...unseen(document.activeElement));
  };
  /** Gives how often Tab must be pressed to come round: between last and first the focus is elsewhere. */
  const watch = () => {
    [way, met, faults] = [stops(), [], []];
    document.addEventListener("focusin", note);
    document.addEventListener("keyup", look);
    // A summary of errors has the focus already, and the way would begin there.
    if (document.querySelector("[autofocus]")) way[0].focus();
    return way.length + 2;
  };
  const walked = () => {
    document.removeEventListener("focusin", note);
    document.removeEventListener("keyup", look);
    const due = [...way, way[0]];
    const wrong = due.findIndex((element, at) => element !== met[at]);
    if (wrong >= 0) faults.push(`Tab leads to ${met[wrong] ? named(met[wrong]) : "nothing"} and not to ${named(due[wrong])}`);
    return faults;
  };

  /** In other colours only the mark of the focus can be lost, not the order. */
  const focused = () => stops().flatMap((element) => {
    element.focus();
    return unseen(element);
  });

  const fixed = () => {
    const lost = matchMedia("(forced-colors: active)").matches ? [] : ["the colours are not fixed"];
    document.activeElement.blur();
    for (const stop of stops()) if (stop.type === "radio") stop.checked = true;
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
    for (const label of all(".option label")) {
      if (drawn(label, "outline") !== label.control.checked) lost.push(`${named(label)} does not show whether it is chosen`);
    }
    const sides = ["border-top", "border-right", "border-bottom", "border-left"];
    for (const element of all(".option label, button, .button, input:not([type=radio]), textarea, .errors")) {
      if (!sides.every((side) => drawn(element, side))) lost.push(`${named(element)} lacks a border`);
    }
    for (const element of all(".panel, .wrong")) {
      if (!sides.some((side) => drawn(element, side))) lost.push(`${named(element)} has no border`);
    }
    for (const element of all("body *")) {
      const says = element.value || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (says && contrast(getComputedStyle(element).color, ground(element)) < 4.5) lost.push(`${named(element)} cannot be read`);
    }
    return lost;
  };

  const here = () => {
    const at = document.activeElement;
    return { name: (face(at).innerText || at.name || at.id).trim(), visible: unseen(at).length === 0 };
  };

  return { watch, walked, focused, fixed, here };
})();
