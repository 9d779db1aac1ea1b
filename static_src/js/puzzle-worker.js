/* Finds the number from 0 to maxNumber whose hash with the salt is the challenge; else null. */

const encoder = new TextEncoder();

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function find({ algorithm, challenge, maxNumber, salt }) {
  for (let number = 0; number <= maxNumber; number += 1) {
    const hash = await crypto.subtle.digest(algorithm, encoder.encode(salt + number));
    if (hex(hash) === challenge) return number;
  }
  return null;
}

self.addEventListener("message", async ({ data }) => {
  self.postMessage(await find(data));
});
