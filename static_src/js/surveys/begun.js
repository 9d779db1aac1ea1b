/**
 * Says once that somebody gave a first answer, so that the editor sees how many begin along a link.
 * What is sent: which survey, which link. The answers themselves stay here until they are sent.
 */

import { isKept } from "./kept.js";

const TOLD = ["csrfmiddlewaretoken", "versie", "ingang"];

export function startTelling(form) {
  const counted = form.elements.namedItem("geteld");
  // Answers of before on this device: they were counted then.
  const before = "keep" in form.dataset && isKept(form.dataset.keep);

  const tell = () => {
    form.removeEventListener("input", tell);
    form.removeEventListener("change", tell);
    if (counted.value) return;
    counted.value = "1";
    if (before) return;
    const body = new URLSearchParams();
    for (const name of TOLD) {
      const field = form.elements.namedItem(name);
      if (field) body.append(name, field.value);
    }
    fetch(form.dataset.begun, { method: "POST", body, keepalive: true }).catch(() => {
      counted.value = ""; // no connection: sending the form counts
    });
  };
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
}
