/** Pure helpers on GeoJSON geometries; coordinates are [longitude, latitude] in degrees. */

const SCAN_LINES = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.2, 0.8, 0.12, 0.88];

/** List the positions of a geometry that mark where it is: one for each simple part. */
export function anchorsOf(geometry) {
  if (!geometry) return [];
  switch (geometry.type) {
    case "Point":
      return [geometry.coordinates];
    case "MultiPoint":
      return geometry.coordinates;
    case "LineString":
      return [middleOfLine(geometry.coordinates)];
    case "MultiLineString":
      return [middleOfLine(longest(geometry.coordinates))];
    case "Polygon":
      return [insideOf(geometry.coordinates)];
    case "MultiPolygon":
      return [insideOf(largest(geometry.coordinates))];
    case "GeometryCollection":
      return geometry.geometries.flatMap(anchorsOf);
    default:
      return [];
  }
}

/** The lines and polygons of a geometry, without its points; null where there are none. */
export function shapeOf(geometry) {
  if (!geometry || geometry.type.endsWith("Point")) return null;
  if (geometry.type !== "GeometryCollection") return geometry;
  const geometries = geometry.geometries.map(shapeOf).filter(Boolean);
  return geometries.length ? { type: "GeometryCollection", geometries } : null;
}

function lineLength(line) {
  let total = 0;
  for (let i = 1; i < line.length; i += 1) {
    total += Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
  }
  return total;
}

function longest(lines) {
  return lines.reduce((best, line) => (lineLength(line) > lineLength(best) ? line : best));
}

function ringArea(ring) {
  let area = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    area += (ring[j][0] - ring[i][0]) * (ring[j][1] + ring[i][1]);
  }
  return Math.abs(area / 2);
}

function largest(polygons) {
  return polygons.reduce((best, part) => (ringArea(part[0]) > ringArea(best[0]) ? part : best));
}

function middleOfLine(line) {
  const half = lineLength(line) / 2;
  let walked = 0;
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [line[i - 1], line[i]];
    const step = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (step > 0 && walked + step >= half) {
      const part = (half - walked) / step;
      return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
    }
    walked += step;
  }
  return line[0];
}

/**
 * Positions inside a polygon where its name may stand, the roomiest first: middles of the
 * stretches that a few horizontal lines cut out of it. Unlike the centroid they lie inside a
 * crescent too.
 */
export function labelSpots(geometry) {
  if (geometry.type === "MultiPolygon") return stretches(largest(geometry.coordinates));
  if (geometry.type === "Polygon") return stretches(geometry.coordinates);
  return anchorsOf(geometry);
}

function stretches(rings) {
  const ys = rings[0].map((position) => position[1]);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const found = [];
  for (const part of SCAN_LINES) {
    const y = low + (high - low) * part;
    const crossings = crossingsAt(rings, y);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1] - crossings[i];
      /* The middle of the polygon is the better place, unless it is much narrower. */
      const worth = width * (1 - 0.5 * Math.abs(part - 0.5));
      found.push({ worth, position: [crossings[i] + width / 2, y] });
    }
  }
  found.sort((a, b) => b.worth - a.worth);
  return found.map(({ position }) => position);
}

function insideOf(rings) {
  return stretches(rings)[0] ?? rings[0][0];
}

function crossingsAt(rings, y) {
  const crossings = [];
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [ax, ay] = ring[i - 1];
      const [bx, by] = ring[i];
      if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    }
  }
  return crossings.sort((a, b) => a - b);
}
