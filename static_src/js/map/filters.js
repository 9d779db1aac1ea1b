/** The filter form and the list beside the map: layers switch without loading the page anew. */

import { element } from "./dom.js";

const LAYER_FIELD = "laag";

/**
 * Let the checkboxes named "laag" of the form switch layers of `view`, keep the address in
 * step, and fetch the list of the same choice from the page itself.
 */
export function linkFilters(view, { filterForm, listRegion, texts }) {
  const form = document.getElementById(filterForm);
  if (!form) return;
  let request = null;

  form.addEventListener("change", (event) => {
    if (event.target.name !== LAYER_FIELD) return;
    const chosen = new Set(new FormData(form).getAll(LAYER_FIELD));
    view.showOnly(chosen);
    const list = document.getElementById(listRegion);
    request?.abort();
    if (!chosen.size) {
      list?.replaceChildren(element("p", { role: "status" }, texts.noLayer));
      return;
    }
    const address = addressOf(form);
    window.history.replaceState(null, "", address);
    if (!list) return;
    request = new AbortController();
    refreshList(list, address, request.signal, texts, view);
  });
}

function addressOf(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value && name !== "pagina") query.append(name, value);
  }
  return `${form.getAttribute("action") || window.location.pathname}?${query}`;
}

async function refreshList(list, address, signal, texts, view) {
  list.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(list.id);
    if (!fresh) throw new Error("no list");
    list.replaceChildren(...fresh.childNodes);
    view.say(list.querySelector("[data-map-count]")?.textContent ?? "");
  } catch (error) {
    if (error.name !== "AbortError") view.say(texts.listFailed);
  } finally {
    if (!signal.aborted) list.removeAttribute("aria-busy");
  }
}
