/* Comforts of the form of a survey. Every question works without them. */

import { startTelling } from "./begun.js";
import { startConditions } from "./conditions.js";
import { startKeeping } from "./keep.js";
import { startRanking } from "./ranking.js";
import { startShuffling } from "./shuffle.js";

for (const form of document.querySelectorAll("form.gp-form")) startShuffling(form);
for (const list of document.querySelectorAll("[data-ranking]")) startRanking(list);

/* Who types an own answer means it: the choice that goes with it is made at once. */
for (const box of document.querySelectorAll("[data-other]")) {
  box.addEventListener("input", () => {
    const group = box.closest("fieldset") ?? box.form;
    const choice = group.querySelector('input[value="other"]');
    const list = group.querySelector("select");
    if (choice) choice.checked = choice.checked || box.value.trim() !== "";
    else if (list && box.value.trim() !== "") list.value = "other";
  });
}

/* "None of these" takes the other ticks away, and the other way round. */
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.('.gp-field input[type="checkbox"]') || !target.checked) return;
  const boxes = document.getElementsByName(target.name);
  for (const box of boxes) {
    if (box !== target && (box.value === "none" || target.value === "none")) box.checked = false;
  }
});

for (const form of document.querySelectorAll("form.gp-form")) startConditions(form);
for (const form of document.querySelectorAll("form[data-begun]")) startTelling(form);
for (const form of document.querySelectorAll("form[data-keep]")) startKeeping(form);
