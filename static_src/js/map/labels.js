/** Where the names of areas stand: inside the area, clear of markers and of each other. */

import { TARGET } from "./markers.js";

const CHARACTER = 8.5;
const NARROW_CHARACTER = 7.5;
const PADDING = 28;
const LINE = 17;
const NARROW_LINE = 14;
const FRAME = 12;
const STEPS = 4000;
const NARROW_PADDING = 16;
const NARROW_FRAME = 10;

/**
 * Find a free spot for each name.
 *
 * `names`: `{feature, spots}` with spots `{x, y, latlng}` in order of preference, in pixels.
 * `groups`: markers that are there already, `{x, y}`. `narrow`: names stand in more lines.
 * Returns `{placed, left}`: points as a group has them for the names that fit, and for the names
 * that do not, where their symbol lies free as well as can be.
 */
export function placeNames(names, groups, narrow) {
  const taken = groups.map(({ x, y }) => box(x, y, TARGET, TARGET));
  const choices = names.map(({ feature, spots }) => {
    const [width, height] = sizeOf(feature.title, narrow);
    return spots.map((spot) => ({ spot, own: box(spot.x, spot.y, width, height) }));
  });
  const chosen = mostThatFit(choices, taken);
  const placed = [];
  const left = [];
  names.forEach(({ feature, spots }, index) => {
    if (!chosen[index]) {
      left.push({ feature, spots });
      return;
    }
    taken.push(chosen[index].own);
    placed.push({ ...chosen[index].spot, feature, named: true });
  });
  const symbols = left.map(({ feature, spots }) => {
    const free = spots.find(({ x, y }) => isFree(box(x, y, TARGET, TARGET), taken));
    const spot = free ?? roomiest(spots, taken);
    taken.push(box(spot.x, spot.y, TARGET, TARGET));
    return { ...spot, feature };
  });
  return { placed, left: symbols };
}

/*
 * For each name a choice, or null: as many names as can stand together. Looks
 * at the better spots first and stops after a bounded number of steps with the best so far.
 */
function mostThatFit(choices, taken) {
  let best = [];
  let bestCount = -1;
  let steps = 0;
  const look = (chosen, count, boxes) => {
    steps += 1;
    const index = chosen.length;
    if (count + choices.length - index <= bestCount || steps > STEPS) return;
    if (index === choices.length) {
      best = chosen;
      bestCount = count;
      return;
    }
    for (const choice of choices[index]) {
      if (isFree(choice.own, boxes)) look([...chosen, choice], count + 1, [...boxes, choice.own]);
    }
    look([...chosen, null], count, boxes);
  };
  look([], 0, taken);
  return best;
}

function isFree(own, taken) {
  return !taken.some((other) => own.intersects(other));
}

/* The spot that lies farthest from the middle of anything else. */
function roomiest(spots, taken) {
  const room = ({ x, y }) =>
    Math.min(...taken.map((other) => other.getCenter().distanceTo(L.point(x, y))));
  return spots.reduce((best, spot) => (room(spot) > room(best) ? spot : best));
}

/* A narrow map breaks a name after each hyphen and space, as its style does. */
function sizeOf(title, narrow) {
  if (!narrow) return [Math.max(TARGET, title.length * CHARACTER + PADDING), LINE + FRAME];
  const parts = title.split(/(?<=-)| /);
  const longest = Math.max(...parts.map((part) => part.length));
  const width = longest * NARROW_CHARACTER + NARROW_PADDING;
  return [Math.max(TARGET, width), NARROW_LINE * parts.length + NARROW_FRAME];
}

function box(x, y, width, height) {
  return L.bounds([x - width / 2, y - height / 2], [x + width / 2, y + height / 2]);
}
