/**
 * Answers to put in order: a list whose items move up and down with buttons.
 *
 * Markup: templates/surveys/widgets/ranking.html. The selects of the form stay, out of sight, and
 * hold the places; they stay empty until somebody moves an item or says that the order is right,
 * so that an order nobody chose is no answer. Each move is announced in a status line and leaves
 * the focus on the button that was pressed.
 */

const fill = (text, values) =>
  Object.entries(values).reduce((done, [key, value]) => done.replace(`{${key}}`, value), text);

function button(text, className) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  return made;
}

export function startRanking(list) {
  const words = list.dataset;
  const items = () => [...list.querySelectorAll("[data-ranking-item]")];
  const select = (item) => item.querySelector("select");
  const name = (item) => item.querySelector("[data-ranking-name]").textContent;
  const original = items();

  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "gp-muted";
  const keep = button(words.keep, "gp-button");
  const clear = button(words.clear, "gp-button gp-button--quiet");
  const buttons = document.createElement("div");
  buttons.className = "gp-buttons";
  buttons.append(keep, clear);

  function show(given) {
    keep.hidden = given;
    clear.hidden = !given;
    for (const [place, item] of items().entries()) {
      item.querySelector("[data-ranking-up]").disabled = place === 0;
      item.querySelector("[data-ranking-down]").disabled = place === original.length - 1;
    }
  }

  function write() {
    for (const [place, item] of items().entries()) {
      select(item).value = String(place + 1);
      select(item).dispatchEvent(new Event("change", { bubbles: true }));
    }
    show(true);
  }

  function move(item, step, pressed) {
    const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(item);
    else other.after(item);
    write();
    status.textContent = fill(words.moved, {
      label: name(item),
      place: items().indexOf(item) + 1,
      total: original.length,
    });
    const target = pressed.disabled
      ? item.querySelector(step < 0 ? "[data-ranking-down]" : "[data-ranking-up]")
      : pressed;
    target.focus();
  }

  for (const item of original) {
    item.querySelector("label").replaceWith(item.querySelector("[data-ranking-name]"));
    select(item).hidden = true;
    const actions = document.createElement("span");
    actions.className = "gp-ranking__actions";
    for (const [step, sign, text, key] of [
      [-1, "↑", words.up, "rankingUp"],
      [1, "↓", words.down, "rankingDown"],
    ]) {
      const made = button(sign, "gp-button gp-ranking__move");
      made.dataset[key] = "";
      made.setAttribute("aria-label", fill(text, { label: name(item) }));
      made.addEventListener("click", () => move(item, step, made));
      actions.append(made);
    }
    item.append(actions);
  }

  keep.addEventListener("click", () => {
    write();
    status.textContent = words.kept;
    clear.focus();
  });
  clear.addEventListener("click", () => {
    for (const item of original) {
      select(item).value = "";
      list.append(item);
    }
    show(false);
    status.textContent = words.cleared;
    keep.focus();
  });

  const places = original.map((item) => Number(select(item).value));
  const complete = new Set(places).size === original.length && !places.includes(0);
  if (complete) {
    const ordered = [...original].sort((a, b) => select(a).value - select(b).value);
    list.append(...ordered);
  }
  list.classList.add("gp-ranking--live");
  list.after(buttons, status);
  show(complete);
  // The error summary leads to the first select, which is out of sight now.
  const first = original[0].querySelector("button:not(:disabled)");
  const target = select(original[0]).id;
  select(original[0]).removeAttribute("id");
  first.id = target;
}
