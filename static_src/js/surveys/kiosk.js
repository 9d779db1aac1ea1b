/**
 * A tablet that everybody uses: it goes back to its start by itself, and shows nobody what the
 * person before filled in.
 *
 * Markup: templates/surveys/kiosk/base.html. `data-kiosk` is the address of the start, `data-idle`
 * the seconds after which somebody is gone (0: never). On a page with questions it asks first.
 */

const ASK_MS = 30_000;
const { kiosk: start, idle } = document.body.dataset;
const ask = document.querySelector("[data-kiosk-ask]");
const form = document.querySelector("form.gp-form");
let timer;
let before;

/* The server refuses the form of who left, also when "back" sends it again. */
async function leave() {
  if (form) {
    const left = new FormData(form);
    const sent = new URLSearchParams({ stap: "stop" });
    for (const name of ["csrfmiddlewaretoken", "ingang", "zuil", "versie"]) {
      sent.set(name, left.get(name) ?? "");
    }
    try {
      await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
    } catch {
      // Without a connection nothing can be sent again either.
    }
    form.reset();
  }
  location.replace(start);
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(ask ? askFirst : leave, Number(idle) * 1000);
}

function askFirst() {
  before = document.activeElement;
  ask.hidden = false;
  document.querySelector("main > .gp-kiosk__form").inert = true;
  ask.querySelector("[data-kiosk-stay]").focus();
  timer = setTimeout(leave, ASK_MS);
}

function stay() {
  ask.hidden = true;
  document.querySelector("main > .gp-kiosk__form").inert = false;
  before?.focus();
  wait();
}

if (Number(idle)) {
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    window.addEventListener(kind, () => { if (!ask || ask.hidden) wait(); }, { passive: true });
  }
  ask?.querySelector("[data-kiosk-stay]").addEventListener("click", stay);
  wait();
}

/* Such as the one of who made the map. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && link.origin !== location.origin) event.preventDefault();
});

/* A page that the browser kept to show with "back" is of the person before. */
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.replace(start);
});
