/**
 * Search for an address by name: a combobox with a list (ARIA Authoring Practices, "editable
 * combobox with list autocomplete").
 *
 * Markup: templates/components/address_search.html. What is typed goes to our own server only, in
 * the body of a POST, so that no log holds it. Without a script the button beside it searches.
 */

import { element, fill } from "./dom.js";

const SHORTEST = 3;
const WAIT_MS = 300;

/** Start the search in `root`; `choose(latlng, label)` runs for what a visitor chooses. */
export function startAddressSearch(root, choose) {
  const input = root.querySelector("[data-address-input]");
  const status = root.querySelector("[data-address-status]");
  const button = root.querySelector("[data-address-button]");
  const texts = root.dataset;
  const list = element("ul", {
    role: "listbox",
    id: `${input.id}-lijst`,
    class: "gp-address__list",
    "aria-label": texts.list,
    hidden: true,
  });
  input.after(list);
  root.hidden = false;
  input.removeAttribute("name"); // what is typed here is no answer
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }
  let active = -1;
  let waiting = null;
  let request = null;
  let asked = "";

  const options = () => [...list.children];
  const say = (text) => {
    status.textContent = text;
  };

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open() {
    if (!list.children.length) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    list.scrollIntoView({ block: "nearest" });
  }

  function point(number) {
    const rows = options();
    if (!rows.length) return;
    open();
    rows[active]?.setAttribute("aria-selected", "false");
    active = (number + rows.length) % rows.length;
    rows[active].setAttribute("aria-selected", "true");
    rows[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", rows[active].id);
  }

  async function ask(fields) {
    request?.abort();
    request = new AbortController();
    const answer = await fetch(texts.addressSearch, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
      signal: request.signal,
    });
    return answer.json();
  }

  async function search() {
    window.clearTimeout(waiting);
    asked = input.value.trim();
    if (asked.length < SHORTEST) {
      list.replaceChildren();
      close();
      return;
    }
    say(texts.searching);
    try {
      const { items = [], note } = await ask({ q: asked });
      list.replaceChildren(...items.map(option));
      active = -1;
      const count = items.length === 1 ? texts.one : fill(texts.several, { count: items.length });
      say([items.length ? count : "", note].filter(Boolean).join(" "));
      if (items.length && root.contains(document.activeElement)) open();
      else close();
    } catch (error) {
      if (error.name !== "AbortError") say(texts.failed);
    }
  }

  function option({ id, label }, number) {
    const row = element(
      "li",
      { role: "option", id: `${list.id}-${number}`, "aria-selected": "false", lang: "nl" },
      label,
    );
    row.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps focus
    row.addEventListener("click", () => take(id, label));
    row.take = () => take(id, label);
    return row;
  }

  async function take(id, label) {
    close();
    input.value = label;
    asked = label;
    try {
      const { lat, lon, note } = await ask({ id });
      if (lat === undefined) {
        say(note || texts.failed);
        return;
      }
      say(fill(texts.shown, { label }));
      choose(L.latLng(lat, lon), label);
    } catch (error) {
      if (error.name !== "AbortError") say(texts.failed);
    }
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation(); // the form keeps answers, and this is none
    window.clearTimeout(waiting);
    waiting = window.setTimeout(search, WAIT_MS);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter") {
      event.preventDefault(); // it does not send the form
      const row = options()[list.hidden ? -1 : Math.max(active, 0)];
      if (row && asked === input.value.trim()) row.take();
      else search();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  if (button) {
    button.type = "button";
    button.addEventListener("click", () => {
      input.focus();
      search();
    });
  }
}
