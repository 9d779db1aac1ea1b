/**
 * Questions that show only after certain answers: shown at once, where the server decides later.
 *
 * Markup: templates/surveys/parts/form.html. Each such item carries its conditions as JSON, all of
 * which must hold; the rules are those of surveys/conditions.py, word for word. Answers of other
 * pages come from the server. The hidden input "gezien" keeps what shows, so that the server
 * knows what somebody could see.
 */

const comparable = (text, compares) => {
  if (compares !== "number") return text.trim();
  const plain = text.trim().replace(",", ".");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : null;
};

function equal({ compares, value }, given) {
  if (compares === "options") return given.length === 1 && given[0] === value;
  if (compares === "number") return comparable(given[0], compares) === comparable(value, compares);
  return given[0].trim().toLowerCase() === value.trim().toLowerCase();
}

/** Whether one rule holds for what was answered: ids of options, or one text. */
export function ruleHolds(rule, given) {
  const { operator, compares, value } = rule;
  if (operator === "filled") return given.length > 0;
  if (operator === "empty") return given.length === 0;
  if (operator === "differs") return given.length === 0 || !equal(rule, given);
  if (given.length === 0) return false;
  if (operator === "equals") return equal(rule, given);
  if (operator === "contains") {
    if (compares === "options") return given.includes(value);
    return given[0].toLowerCase().includes(value.trim().toLowerCase());
  }
  if (operator === "more" || operator === "less") {
    const [mine, wanted] = [comparable(given[0], compares), comparable(value, compares)];
    if (mine === null || wanted === null) return false;
    return operator === "more" ? mine > wanted : mine < wanted;
  }
  return false;
}

/** Whether a condition holds; `given` finds the answer to a question by its id. */
export function conditionHolds({ match, rules }, given) {
  const holds = (rule) => ruleHolds(rule, given(rule.question));
  return match === "any" ? rules.some(holds) : rules.every(holds);
}

/* Typed numbers as the server reads them: spaces and points between thousands away. */
function typedNumber(text) {
  const tight = text.replace(/[\s\u00a0]/g, "").replace("\u2212", "-");
  return /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(tight) ? tight.replaceAll(".", "") : tight;
}

function answerTo(form, id) {
  const name = `v-${id}`;
  const found = [];
  for (const [key, value] of new FormData(form)) {
    const mine = key === name || key.startsWith(`${name}-`);
    if (mine && value instanceof File && value.size > 0) found.push(value.name);
    if (!mine || typeof value !== "string" || value.trim() === "") continue;
    if (key === `${name}-other`) {
      if (!found.includes("other")) found.push("other");
    } else if (!found.includes(value)) {
      found.push(value.trim());
    }
  }
  const input = form.elements.namedItem(name);
  const isNumber = input instanceof HTMLInputElement && input.classList.contains("gp-input-number");
  return isNumber ? found.map(typedNumber) : found;
}

export function startConditions(form) {
  const items = [...form.querySelectorAll("[data-conditions]")].map((element) => ({
    element,
    conditions: JSON.parse(element.dataset.conditions),
  }));
  if (items.length === 0) return;
  const before = JSON.parse(document.getElementById("eerder-gegeven").textContent);
  const seen = form.elements.namedItem("gezien");

  function update() {
    const shown = [];
    const away = new Set();
    const given = (id) => (away.has(id) ? [] : (before[id] ?? answerTo(form, id)));
    for (const { element, conditions } of items) {
      const holds = conditions.every((condition) => conditionHolds(condition, given));
      element.hidden = !holds;
      if (holds) shown.push(element.dataset.item);
      else away.add(element.dataset.item);
    }
    seen.value = shown.join(" ");
  }

  form.addEventListener("input", update);
  form.addEventListener("change", update);
  window.addEventListener("pageshow", update);
  update();
}
