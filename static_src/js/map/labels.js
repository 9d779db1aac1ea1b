/** Where the names of areas stand: inside the area, clear of markers and of each other. */

import { TARGET } from "./markers.js";

const CHARACTER = 8.5;
const PADDING = 28;
const LINE = 17;
const FRAME = 12;
const NARROW_NAME = 144;

/**
 * Find a free spot for each name.
 *
 * `names`: `{feature, spots}` with spots `{x, y, latlng}` in order of preference, in pixels.
 * `groups`: markers that are there already, `{x, y}`. `narrow`: long names stand in two lines.
 * Returns `{placed, left}`: points as a group has them for the names that fit, and for the names
 * that do not, where their symbol lies free as well as can be.
 */
export function placeNames(names, groups, narrow) {
  const taken = groups.map(({ x, y }) => box(x, y, TARGET, TARGET));
  const placed = [];
  const left = [];
  const free = (spots, width, height) =>
    spots.find(({ x, y }) => {
      const own = box(x, y, width, height);
      return !taken.some((other) => own.intersects(other));
    });
  for (const { feature, spots } of names) {
    const [width, height] = sizeOf(feature.title, narrow);
    const spot = free(spots, width, height);
    if (spot) {
      taken.push(box(spot.x, spot.y, width, height));
      placed.push({ ...spot, feature, named: true });
    } else {
      left.push({ feature, spots });
    }
  }
  const symbols = left.map(({ feature, spots }) => {
    const spot = free(spots, TARGET, TARGET) ?? roomiest(spots, taken);
    taken.push(box(spot.x, spot.y, TARGET, TARGET));
    return { ...spot, feature };
  });
  return { placed, left: symbols };
}

/* The spot that lies farthest from the middle of anything else. */
function roomiest(spots, taken) {
  const room = ({ x, y }) =>
    Math.min(...taken.map((other) => other.getCenter().distanceTo(L.point(x, y))));
  return spots.reduce((best, spot) => (room(spot) > room(best) ? spot : best));
}

function sizeOf(title, narrow) {
  const width = title.length * CHARACTER + PADDING;
  if (!narrow || width <= NARROW_NAME) return [Math.max(TARGET, width), LINE + FRAME];
  return [NARROW_NAME, LINE * Math.ceil(width / NARROW_NAME) + FRAME];
}

function box(x, y, width, height) {
  return L.bounds([x - width / 2, y - height / 2], [x + width / 2, y + height / 2]);
}
