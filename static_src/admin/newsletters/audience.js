/**
 * Says how many addresses an edition would go to while an editor ticks who gets it. All words
 * come from the server; without this script the number stands on the page "Verzenden".
 */
(() => {
  const output = document.querySelector("[data-audience-url]");
  if (!output) return;
  const WAIT = 500;
  const form = output.closest("form");
  let timer;
  let asked;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith("to_") || name === "csrfmiddlewaretoken") data.append(name, value);
    }
    try {
      const answer = await fetch(output.dataset.audienceUrl, {
        method: "POST",
        body: data,
        signal: asked.signal,
      });
      output.textContent = answer.ok ? (await answer.json()).text : "";
    } catch (error) {
      if (error.name !== "AbortError") output.textContent = "";
    }
  };

  form.addEventListener("change", (event) => {
    if (!event.target.name?.startsWith("to_")) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  ask();
})();
