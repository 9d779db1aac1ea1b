/* Where this device keeps the answers to a survey that are not sent yet. */

export const KEPT_DAYS = 14;

export const keyOf = (survey) => `enquete-${survey}`;

export function isKept(survey) {
  try {
    return localStorage.getItem(keyOf(survey)) !== null;
  } catch {
    return false;
  }
}

export function forget(survey) {
  try {
    localStorage.removeItem(keyOf(survey));
  } catch {
    // Storage is not allowed here, so nothing was kept either.
  }
}
