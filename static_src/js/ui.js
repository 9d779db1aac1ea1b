/* Small comforts. The pages work without this file; the menu is a popover of the browser itself. */

for (const button of document.querySelectorAll("[data-gp-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const folded = [];

window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.gp-fold:not([open])")) {
    fold.open = true;
    folded.push(fold);
  }
});

window.addEventListener("afterprint", () => {
  for (const fold of folded.splice(0)) fold.open = false;
});
