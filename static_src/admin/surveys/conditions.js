/**
 * Choosing the question and the answer of a rule by their words.
 *
 * The stream field keeps ids. Beside each input stands a list of what is in the form at this
 * moment: the questions before this item, or the answers of the chosen question. The lists are
 * made anew whenever somebody goes to them, as the form may have changed.
 */
(() => {
  const { Controller } = window.StimulusModule;
  const ITEM = /^(.+?)-(\d+)-value-/;
  const SILENT = ["statement", "section", "page", "email"];

  const valueOf = (id) => document.getElementById(id)?.value ?? "";

  /* The items of the stream that are not deleted, in order: {id, type, label, prefix}. */
  function itemsOf(stream) {
    const found = [];
    const count = Number(document.querySelector(`[name="${stream}-count"]`)?.value ?? 0);
    for (let number = 0; number < count; number += 1) {
      const prefix = `${stream}-${number}`;
      const input = (name) => document.querySelector(`[name="${prefix}-${name}"]`)?.value ?? "";
      if (!input("type") || input("deleted")) continue;
      found.push({
        prefix,
        id: input("id"),
        type: input("type"),
        order: Number(input("order")),
        label: valueOf(`${prefix}-value-label`),
      });
    }
    return found.sort((a, b) => a.order - b.order);
  }

  function listed(select, rows, value, empty) {
    const options = [["", empty], ...rows];
    if (value && !rows.some(([key]) => key === value)) options.push([value, "?"]);
    select.replaceChildren(
      ...options.map(([key, text]) => {
        const option = new Option(text, key);
        option.selected = key === value;
        return option;
      }),
    );
  }

  class PickerController extends Controller {
    connect() {
      if (this.select) return;
      this.select = document.createElement("select");
      const label = document.querySelector(`label[for="${this.element.id}"]`);
      this.select.setAttribute("aria-label", label?.textContent.trim() || this.element.id);
      this.element.after(this.select);
      this.select.addEventListener("focus", () => this.refresh());
      this.select.addEventListener("change", () => {
        this.element.value = this.select.value;
        this.element.dispatchEvent(new Event("change", { bubbles: true }));
      });
      this.refresh();
    }
  }

  class QuestionController extends PickerController {
    refresh() {
      const [, stream, number] = this.element.id.match(ITEM);
      const rows = [];
      for (const [place, item] of itemsOf(stream).entries()) {
        if (item.prefix === `${stream}-${number}`) break;
        if (SILENT.includes(item.type)) continue;
        rows.push([item.id, `${place + 1}. ${item.label || "…"}`]);
      }
      this.element.hidden = true;
      listed(this.select, rows, this.element.value, "—");
    }
  }

  class ValueController extends PickerController {
    connect() {
      super.connect();
      this.question = document.getElementById(this.element.id.replace(/value$/, "question"));
      this.question?.addEventListener("change", () => this.refresh());
      this.refresh();
    }

    refresh() {
      const [, stream] = this.element.id.match(ITEM);
      const asked = itemsOf(stream).find((item) => item.id === this.question?.value);
      const rows = asked ? this.answersOf(asked) : [];
      this.element.hidden = rows.length > 0;
      this.select.hidden = rows.length === 0;
      listed(this.select, rows, this.element.value, "—");
    }

    answersOf({ prefix, type }) {
      const rows = [];
      const options = `${prefix}-value-options`;
      const count = Number(document.querySelector(`[name="${options}-count"]`)?.value ?? 0);
      if (!["one_choice", "several_choices", "image_choice"].includes(type)) return rows;
      for (let number = 0; number < count; number += 1) {
        const input = (name) => document.querySelector(`[name="${options}-${number}-${name}"]`);
        const words = input("value-label")?.value ?? input("value")?.value;
        if (words && !input("deleted")?.value) rows.push([input("id").value, words]);
      }
      for (const key of ["other", "none"]) {
        const words = valueOf(`${prefix}-value-${key}`);
        if (words) rows.push([key, words]);
      }
      return rows;
    }
  }

  window.wagtail.app.register("gp-rule-question", QuestionController);
  window.wagtail.app.register("gp-rule-value", ValueController);
})();
