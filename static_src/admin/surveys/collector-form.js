/**
 * The form of a link shows only the fields that belong to the chosen way in.
 *
 * Without JavaScript all stand there, each with a word about when it counts. A field with an
 * error stays in sight whatever is chosen.
 */
const form = document.querySelector(".gp-collector-form");
const ways = [...form.querySelectorAll('input[name="access"]')];

function show() {
  const chosen = ways.find((way) => way.checked)?.value;
  for (const field of form.querySelectorAll("[data-only-for]")) {
    const wrapper = field.closest(".w-field__wrapper");
    const isWrong = Boolean(wrapper.querySelector(".w-field__errors .error-message"));
    wrapper.hidden = field.dataset.onlyFor !== chosen && !isWrong;
  }
}

function change() {
  show();
  // What is out of sight may not refuse what one does see.
  for (const box of form.querySelectorAll("[hidden] input[type=checkbox]")) box.checked = false;
}

for (const way of ways) way.addEventListener("change", change);
show();
