/**
 * Answers in a random order of this visitor's own. Pages come from a cache, so that everybody gets
 * them in the same order; a new form draws a seed here and goes by it. The server keeps to that
 * seed on every later page. The numbers are those of surveys/ordering.py.
 *
 * Markup: templates/surveys/parts/item.html, with data-shuffle and the id of the question.
 */

const LAST = ["other", "none"];

function number(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function newSeed() {
  const words = crypto.getRandomValues(new Uint32Array(1));
  return words[0].toString(16).padStart(8, "0");
}

/* What moves, with the id of its answer or row. */
function itemsIn(group, name) {
  const suffix = (control) => control.name.slice(name.length + 1);
  const rows = [...group.querySelectorAll(".gp-matrix__row, [data-ranking-item]")];
  if (rows.length) return rows.map((row) => [row, suffix(row.querySelector("input, select"))]);
  const list = group.querySelector("select");
  if (list) return [...list.options].filter((one) => one.value).map((one) => [one, one.value]);
  return [...group.querySelectorAll('input[type="radio"], input[type="checkbox"]')].map((input) => {
    let item = input;
    while (item.parentElement.querySelectorAll(`[name="${CSS.escape(input.name)}"]`).length === 1) {
      item = item.parentElement;
    }
    return [item, input.value];
  });
}

function shuffle(group, seed) {
  const id = group.dataset.shuffle;
  const items = itemsIn(group, `v-${id}`)
    .filter(([, key]) => !LAST.includes(key))
    .map(([element, key]) => ({ element, key, number: number(`${seed}/${id}/${key}`) }));
  if (items.length < 2) return;
  items.sort((a, b) => a.number - b.number || (a.key < b.key ? -1 : 1));
  const parent = items[0].element.parentElement;
  const places = [...parent.children].filter((child) => items.some((one) => one.element === child));
  const marks = places.map((place) => {
    const mark = document.createComment("");
    place.replaceWith(mark);
    return mark;
  });
  for (const [place, { element }] of items.entries()) marks[place].replaceWith(element);
}

export function startShuffling(form) {
  const seed = form.elements.namedItem("volgorde");
  if (!seed || !("fresh" in form.dataset)) return;
  // A browser that goes back puts ticks where they stood, and here they stood in another order.
  form.setAttribute("autocomplete", "off");
  seed.value = newSeed();
  for (const group of form.querySelectorAll("[data-shuffle]")) shuffle(group, seed.value);
}
