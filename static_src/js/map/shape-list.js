/** What was drawn as a list beside the map: words, a remark, and buttons to show and remove it. */

import { element, fill } from "./dom.js";
import { describe } from "./shape-words.js";

/**
 * Draw the list of `store` in `root`. `show(shape)` and `remove(shape, name)` are what its buttons
 * do; `places` is the select with villages.
 */
export function drawList(root, store, rules, { places, show, remove }) {
  const { texts } = rules;
  const items = store.shapes.map((shape, number) => {
    const name = fill(texts.name, { number: number + 1 });
    const words = describe(shape, rules, places);
    const state = shape.o ? ` (${texts.unfinished})` : "";
    const button = (text, className, run) => {
      const made = element("button", { type: "button", class: `gp-button ${className}` }, text);
      made.append(element("span", { class: "gp-visually-hidden" }, ` ${name}`));
      made.addEventListener("click", run);
      return made;
    };
    return element(
      "li",
      {},
      element("p", { class: "gp-shapes__words" }, element("strong", {}, name), `: ${words}${state}`),
      rules.remarks && !shape.o ? remarkOn(shape, name, number, root, store, rules) : null,
      element(
        "div",
        { class: "gp-buttons" },
        button(texts.show, "gp-button--quiet", () => show(shape)),
        button(texts.remove, "gp-button--quiet", () => remove(shape, name)),
      ),
    );
  });
  root.replaceChildren(
    items.length
      ? element("ol", { class: "gp-shapes", "aria-label": texts.listLabel }, ...items)
      : element("p", { class: "gp-muted" }, texts.none),
  );
}

function remarkOn(shape, name, number, root, store, rules) {
  const id = `${store.input.name}-opmerking-${number}`;
  const input = element("input", {
    type: "text",
    id,
    value: shape.t,
    maxlength: rules.longestRemark,
    autocomplete: "off",
  });
  for (const kind of ["input", "change"]) {
    input.addEventListener(kind, (event) => {
      event.stopPropagation(); // the hidden input tells the form
      shape.t = input.value;
      store.save();
    });
  }
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  const label = element("label", { for: id }, rules.texts.remark);
  label.append(element("span", { class: "gp-visually-hidden" }, ` ${name}`));
  return element("div", { class: "gp-shapes__remark" }, label, input);
}
