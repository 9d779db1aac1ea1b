/**
 * Stimulus controllers that start Wagtail's date pickers, choosers and inline panels from data
 * attributes, where Wagtail itself writes an inline script that our content security policy
 * refuses. The markup comes from templates/wagtailadmin/ and cms/admin_scripts.py.
 */
(() => {
  const { Controller } = window.StimulusModule;

  /* Starts once: a row that is dragged to another place is disconnected and connected again. */
  class OnceController extends Controller {
    connect() {
      if (this.element.dataset.started) return;
      this.element.dataset.started = "true";
      this.start();
    }
  }

  /* A function or class of Wagtail that takes the id of an input and perhaps options. */
  class StartController extends OnceController {
    static values = { call: String, input: String, options: String };

    start() {
      const called = window[this.callValue];
      const options = this.optionsValue ? [JSON.parse(this.optionsValue)] : [];
      if (/^[A-Z]/.test(this.callValue)) new called(this.inputValue, ...options);
      else called(this.inputValue, ...options);
    }
  }

  class PanelController extends OnceController {
    static values = { kind: String, options: String };

    start() {
      /* The options are escaped as the text of a JSON string: Wagtail replaces __prefix__ in
         a new row up to the next quote, and an escaped quote is one that it knows. */
      const options = JSON.parse(JSON.parse(`"${this.optionsValue}"`));
      new window[this.kindValue](options);
    }
  }

  window.wagtail.app.register("gp-start", StartController);
  window.wagtail.app.register("gp-panel", PanelController);
})();

/*
 * Wagtail's rich text editor has no name of its own: a screen reader says "edit text" and not which.
 * Give each the label of its field, or else the heading of its panel.
 */
(() => {
  const nameEditors = () => {
    const nameless = ".public-DraftEditor-content:not([aria-labelledby])";
    for (const editor of document.querySelectorAll(nameless)) {
      const input = editor.closest("[data-field-input]")?.querySelector("[data-draftail-input]");
      const panel = editor.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
      const label = document.getElementById(`${input?.id}-label`) ? `${input.id}-label` : panel;
      if (label) editor.setAttribute("aria-labelledby", label);
    }
  };
  new MutationObserver(nameEditors).observe(document, { childList: true, subtree: true });
})();

/*
 * The list of blocks behind a "+" asks for the focus while it is still hidden, and does not get it:
 * who works by keyboard stays on the "+" and cannot choose. Its search box gets the focus once it
 * shows.
 */
(() => {
  const MOST_FRAMES = 60;
  const focusWhenShown = (input, frames = MOST_FRAMES) => {
    if (!input.isConnected || document.activeElement === input) return;
    input.focus();
    if (document.activeElement !== input && frames) {
      requestAnimationFrame(() => focusWhenShown(input, frames - 1));
    }
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        const input = node.querySelector?.("[data-tippy-root] input[role=combobox]")
          ?? (node.closest?.("[data-tippy-root]") && node.querySelector("input[role=combobox]"));
        if (input) focusWhenShown(input);
      }
    }
  }).observe(document, { childList: true, subtree: true });
})();
