/** Where the names of areas stand: inside the area, clear of markers and of each other. */

import { TARGET } from "./markers.js";

const CHARACTER = 8.5;
const PADDING = 28;
const HEIGHT = 32;

/**
 * Find a free spot for each name.
 *
 * `names`: `{feature, spots}` with spots `{x, y, latlng}` in order of preference, in pixels.
 * `groups`: markers that are there already, `{x, y}`. Returns `{placed, left}`: points as a
 * group has them for the names that fit, and the names for which there is no room.
 */
export function placeNames(names, groups) {
  const taken = groups.map(({ x, y }) => box(x, y, TARGET, TARGET));
  const placed = [];
  const left = [];
  for (const name of names) {
    const width = Math.max(TARGET, name.feature.title.length * CHARACTER + PADDING);
    const spot = name.spots.find(({ x, y }) => {
      const own = box(x, y, width, HEIGHT);
      return !taken.some((other) => own.intersects(other));
    });
    if (spot) {
      taken.push(box(spot.x, spot.y, width, HEIGHT));
      placed.push({ ...spot, feature: name.feature, named: true });
    } else {
      left.push({ ...name.spots[0], feature: name.feature });
    }
  }
  return { placed, left };
}

function box(x, y, width, height) {
  return L.bounds([x - width / 2, y - height / 2], [x + width / 2, y + height / 2]);
}
