/**
 * Solves the puzzle of an open form (ALTCHA, see areas/signals/asking/puzzle.py) in the background.
 *
 * Contract: <form data-puzzle="ADDRESS" data-puzzle-worker="ADDRESS" data-puzzle-busy="TEXT"> with
 * an input named "puzzel" and an element with data-puzzle-status. Solving starts when somebody
 * comes to the form. Who is quicker than that waits a moment. Where anything fails the form goes
 * without a solution, as it does without JavaScript; the server then takes fewer of them.
 */

const LONGEST_WAIT = 15_000; // or data-puzzle-wait="MILLISECONDS" on the form

function solve(worker, puzzle) {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => {
      if (data === null) reject(new Error("no solution"));
      else resolve(data);
    });
    worker.addEventListener("error", reject);
    worker.postMessage(puzzle);
  });
}

async function solution(form) {
  const response = await fetch(form.dataset.puzzle, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const puzzle = await response.json();
  const worker = new Worker(form.dataset.puzzleWorker, { type: "module" });
  try {
    const number = await solve(worker, puzzle);
    const { algorithm, challenge, salt, signature } = puzzle;
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  } finally {
    worker.terminate();
  }
}

function start(form) {
  const input = form.elements.namedItem("puzzel");
  const status = form.querySelector("[data-puzzle-status]");
  input.value = ""; // one that came back with an error was used already
  let solving = null;
  let ready = false;
  let waiting = false;

  function begin() {
    solving ??= solution(form)
      .then((text) => {
        input.value = text;
      })
      .catch(() => {})
      .finally(() => {
        ready = true;
      });
    return solving;
  }

  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (ready) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    const { submitter } = event;
    status.textContent = form.dataset.puzzleBusy;
    const enough = new Promise((resolve) => {
      setTimeout(resolve, Number(form.dataset.puzzleWait) || LONGEST_WAIT);
    });
    await Promise.race([begin(), enough]);
    ready = true;
    form.requestSubmit(submitter);
  });
}

if (window.Worker && window.crypto?.subtle) {
  for (const form of document.querySelectorAll("form[data-puzzle]")) start(form);
}
