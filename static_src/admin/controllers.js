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
