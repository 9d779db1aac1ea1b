/**
 * Answers that are not sent yet stay on this device, so that a closed browser, an empty battery or
 * a lost connection takes nothing away.
 *
 * Markup: templates/surveys/parts/form.html. Kept is the form as it would be sent, without what
 * belongs to one showing of it. Going on sends it to the server, which shows it as it was.
 */

import { KEPT_DAYS, forget, keyOf } from "./kept.js";

const PASSING = ["csrfmiddlewaretoken", "stap", "gezien", "puzzel", "begonnen"];
const WAIT_MS = 300;

function asKept(form) {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!PASSING.includes(name) && typeof value === "string") kept.append(name, value);
  }
  return kept.toString();
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (!kept || Date.now() - kept.at > KEPT_DAYS * 86_400_000) return null;
    return typeof kept.form === "string" ? kept.form : null;
  } catch {
    return null;
  }
}

function write(key, form) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), form: asKept(form) }));
  } catch {
    // Full, or not allowed in a private window: the link to go on later remains.
  }
}

/* Fields with the answers that were kept, in a form of its own: the one on the page stays whole. */
function goOn(form, kept) {
  const other = document.createElement("form");
  other.method = "post";
  other.action = form.action;
  other.hidden = true;
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const fields = [...new URLSearchParams(kept), ["csrfmiddlewaretoken", token], ["stap", "toon"]];
  for (const [name, value] of fields) {
    const input = document.createElement("textarea"); // keeps the ends of lines
    input.name = name;
    input.value = value;
    other.append(input);
  }
  document.body.append(other);
  other.submit();
}

export function startKeeping(form) {
  const key = keyOf(form.dataset.keep);
  const begun = asKept(form);
  const kept = read(key);
  const before = document.querySelector("[data-before]");

  if ("fresh" in form.dataset && kept && kept !== begun && before) {
    before.hidden = false;
    before.querySelector("[data-before-go-on]").addEventListener("click", () => goOn(form, kept));
    before.querySelector("[data-before-forget]").addEventListener("click", () => {
      forget(form.dataset.keep);
      before.hidden = true;
      form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  }

  let waiting;
  const keepNow = () => {
    clearTimeout(waiting);
    if (asKept(form) !== begun || !("fresh" in form.dataset)) write(key, form);
  };
  const keepSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keepNow, WAIT_MS);
    if (before) before.hidden = true;
  };
  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  window.addEventListener("pagehide", keepNow);
  if (!("fresh" in form.dataset)) keepNow();

  form.querySelector("[data-kept-here]").hidden = false;
  const line = form.querySelector("[data-offline]");
  form.addEventListener("submit", (event) => {
    keepNow();
    if (navigator.onLine) return;
    event.preventDefault();
    line.textContent = line.dataset.offlineText;
  });
  window.addEventListener("online", () => {
    if (line.textContent) line.textContent = line.dataset.onlineText;
  });
}
