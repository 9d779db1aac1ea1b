/** What was drawn, in words: the same as surveys/shapes/words.py says of it later. */

import { fill } from "./dom.js";

const NEAR_METRES = 3000;
const METRES_A_DEGREE = 111320;

/** The words of one shape: `{c: [[lon, lat], …]}`; `places` are the options of a select. */
export function describe(shape, rules, places) {
  const { texts } = rules;
  const count = shape.c.length;
  const parts = [];
  if (rules.shape !== "point") {
    parts.push(count === 1 ? texts.cornerOne : fill(texts.corners, { count }));
  }
  if (count >= rules.fewestVertices) {
    if (rules.shape === "line") parts.push(lengthWords(lengthOf(shape.c), texts));
    if (rules.shape === "polygon") parts.push(areaWords(areaOf(shape.c), texts));
    const near = nearest(middleOf(shape.c), places);
    if (near) parts.push(fill(texts.near, { place: near }));
    else if (rules.shape === "point") parts.push(spotWords(shape.c[0], texts));
  }
  return parts.join(", ");
}

/** The middle of all corners, [lon, lat]. */
export function middleOf(corners) {
  const sum = corners.reduce(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  return sum.map((value) => value / corners.length);
}

/** Whether the edges of a closed ring cross each other. */
export function crosses(ring) {
  const edges = ring.map((from, number) => [from, ring[(number + 1) % ring.length]]);
  return edges.some((one, number) =>
    edges.some((other, place) => {
      const apart = Math.abs(place - number);
      if (place <= number || apart === 1 || apart === edges.length - 1) return false;
      return cut(one, other);
    }),
  );
}

function cut([a, b], [c, d]) {
  const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function metres(corners) {
  const [lon0, lat0] = middleOf(corners);
  const width = Math.cos((lat0 * Math.PI) / 180) * METRES_A_DEGREE;
  return corners.map(([lon, lat]) => [(lon - lon0) * width, (lat - lat0) * METRES_A_DEGREE]);
}

function lengthOf(corners) {
  const spots = metres(corners);
  return spots.reduce(
    (total, [x, y], i) => (i ? total + Math.hypot(x - spots[i - 1][0], y - spots[i - 1][1]) : 0),
    0,
  );
}

function areaOf(corners) {
  const spots = metres(corners);
  const twice = spots.reduce((total, [x, y], i) => {
    const [nextX, nextY] = spots[(i + 1) % spots.length];
    return total + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice / 2);
}

function spotWords([lon, lat], texts) {
  return fill(texts.spot, { lat: lat.toFixed(5), lon: lon.toFixed(5) });
}

const inTens = (value) => (value ? Math.max(10, Math.round(value / 10) * 10) : 0);

function inTenths(value) {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false };
  return new Intl.NumberFormat(document.documentElement.lang || "nl", digits).format(value);
}

function lengthWords(value, texts) {
  if (value < 1000) return fill(texts.metres, { number: inTens(value) });
  return fill(texts.kilometres, { number: inTenths(value / 1000) });
}

function areaWords(value, texts) {
  if (value < 10_000) return fill(texts.squareMetres, { number: inTens(value) });
  return fill(texts.hectares, { number: inTenths(value / 10_000) });
}

function nearest([lon, lat], places) {
  const width = Math.cos((lat * Math.PI) / 180);
  let best = "";
  let shortest = NEAR_METRES;
  for (const option of places?.options ?? []) {
    if (!option.dataset.lat) continue;
    const [east, north] = [Number(option.dataset.lon) - lon, Number(option.dataset.lat) - lat];
    const away = METRES_A_DEGREE * Math.hypot(east * width, north);
    if (away < shortest) {
      shortest = away;
      best = option.textContent.trim();
    }
  }
  return best;
}
