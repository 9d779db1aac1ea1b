/**
 * Stimulus controllers that start Wagtail's date pickers and inline panels from data
 * attributes, where Wagtail's own templates carry an inline script that our content
 * security policy refuses. The templates are in templates/wagtailadmin/.
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

  class ChooserController extends OnceController {
    static values = { kind: String, input: String, config: Object };

    start() {
      window[`init${this.kindValue}Chooser`](this.inputValue, this.configValue);
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

  window.wagtail.app.register("gp-chooser", ChooserController);
  window.wagtail.app.register("gp-panel", PanelController);
})();
