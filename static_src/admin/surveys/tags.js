/**
 * A click on a tag of one answer, without loading the page again. Without this module the same
 * buttons send the form.
 */

const form = document.getElementById("los-labelen");

async function toggle(button) {
  const data = new FormData(form);
  data.set("toggle", button.value);
  const response = await fetch(form.action, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.refusal);
  button.setAttribute("aria-pressed", String(answer.on));
  button.value = button.value.replace(/^(on|off):/, answer.on ? "off:" : "on:");
}

async function onSubmit(event) {
  const button = event.submitter;
  if (button?.name !== "toggle") return;
  event.preventDefault();
  const said = form.querySelector("[role=status]");
  said.textContent = "";
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await toggle(button);
  } catch (error) {
    said.textContent = error instanceof SyntaxError || error instanceof TypeError
      ? form.dataset.failed
      : error.message;
    button.after(said);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

form?.addEventListener("submit", onSubmit);
