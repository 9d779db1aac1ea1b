/**
 * Copying and printing the code after answering a survey; templates/surveys/receipts/code.html.
 * Without JavaScript the code stands there all the same, and the buttons do not.
 */

for (const receipt of document.querySelectorAll("[data-receipt]")) {
  const copy = receipt.querySelector("[data-receipt-copy]");
  const status = receipt.querySelector("[data-receipt-status]");
  const code = receipt.querySelector("[data-receipt-code]").textContent.trim();

  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code);
      status.textContent = copy.dataset.copied;
    } catch {
      status.textContent = copy.dataset.failed;
    }
  });
  receipt.querySelector("[data-receipt-print]").addEventListener("click", () => window.print());
  receipt.querySelector("[data-receipt-tools]").hidden = false;
}
