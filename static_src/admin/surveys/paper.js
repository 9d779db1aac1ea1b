/**
 * Entering paper by keyboard. Without this module the same form works by Tab, arrows and space.
 *
 * A letter or figure chooses the answer that carries it, Enter goes to the next question, F2 says
 * that an answer cannot be read, and Ctrl+Enter sends the form.
 */

const form = document.getElementById("papier");
const TYPED = "input[type=text], textarea, select";

/** The first control of each question, and of each line of a table; and the button to save. */
function stops() {
  const found = [];
  for (const row of form.querySelectorAll("[data-row]")) {
    const lines = row.querySelectorAll(".gp-paper-line");
    for (const part of lines.length ? lines : [row]) {
      const own = [...part.querySelectorAll("input, textarea, select")].filter(
        (control) => !control.matches("[data-illegible]"),
      );
      const target = own.find((control) => control.checked) ?? own[0];
      if (target) found.push([part, target]);
    }
  }
  const save = form.querySelector(".gp-paper-save button");
  return [...found, [save, save]];
}

function goOn(from) {
  const all = stops();
  const here = all.findLastIndex(([part]) => part.contains(from));
  all[Math.min(here + 1, all.length - 1)][1].focus();
}

function choose(control, key) {
  const group = control.closest("[data-keys]");
  const wanted = group?.querySelector(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  if (!wanted) return false;
  wanted.checked = !wanted.checked;
  wanted.focus();
  return true;
}

function onKey(event) {
  const control = event.target;
  if (!(control instanceof HTMLElement) || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".gp-paper-save button"));
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "F2") {
    const box = control.closest("[data-row]")?.querySelector("[data-illegible]");
    if (!box) return;
    event.preventDefault();
    box.checked = !box.checked;
    return;
  }
  if (event.key === "Enter" && control.matches("input, select")) {
    event.preventDefault();
    goOn(control);
    return;
  }
  if (event.key.length === 1 && !control.matches(TYPED) && choose(control, event.key)) {
    event.preventDefault();
  }
}

if (form) {
  form.addEventListener("keydown", onKey);
  // A key of its own leads to these boxes, so that Tab need not pass them.
  for (const box of form.querySelectorAll("[data-illegible]")) box.tabIndex = -1;
  form.addEventListener("submit", () => {
    // Who presses twice sends one form; the server counts it once anyway.
    for (const button of form.querySelectorAll(".gp-paper-save button")) {
      setTimeout(() => button.setAttribute("disabled", ""));
    }
  });
  window.addEventListener("pageshow", () => {
    for (const button of form.querySelectorAll(".gp-paper-save button")) {
      button.removeAttribute("disabled");
    }
  });
  const isCorrection = form.querySelector(".gp-paper-reason");
  const first = document.getElementById("fouten") ?? (isCorrection ? null : stops()[0][1]);
  first?.focus();
}
