/** The text box of the geometry widget: the same forms that cms.geometry.parsing reads. */

const DIGITS = 7;
const PAIR = /^([+-]?\d+[.,]\d+)(?:\s*;\s*|\s*,\s+|\s+|,)([+-]?\d+[.,]\d+)$/;

/**
 * Read the text as simple GeoJSON geometries (Point, LineString, Polygon).
 * Returns [] for an empty text and null for a text that only the server can judge.
 */
export function readText(text, types) {
  const trimmed = text.trim();
  if (!trimmed) return [];
  try {
    return trimmed.startsWith("{") ? simpleParts(JSON.parse(trimmed)) : readLines(trimmed, types);
  } catch {
    return null;
  }
}

function simpleParts(data) {
  if (data.type === "Feature") return simpleParts(data.geometry);
  if (data.type === "FeatureCollection") return data.features.flatMap(simpleParts);
  if (data.type === "GeometryCollection") return data.geometries.flatMap(simpleParts);
  if (data.type.startsWith("Multi")) {
    const type = data.type.slice("Multi".length);
    return data.coordinates.map((coordinates) => ({ type, coordinates }));
  }
  return [{ type: data.type, coordinates: data.coordinates }];
}

function readLines(text, types) {
  const parts = [];
  for (const block of text.split(/\n\s*\n/)) {
    const positions = block.split("\n").filter((line) => line.trim()).map(readPair);
    if (positions.some((position) => !position)) return null;
    const [first, last] = [positions[0], positions[positions.length - 1]];
    const closed = positions.length > 3 && first[0] === last[0] && first[1] === last[1];
    if (types.includes("Point") && (positions.length === 1 || types.length === 1)) {
      parts.push(...positions.map((coordinates) => ({ type: "Point", coordinates })));
    } else if (types.includes("Polygon") && (closed || !types.includes("LineString"))) {
      if (positions.length < 3) return null;
      const ring = closed ? positions : [...positions, first];
      parts.push({ type: "Polygon", coordinates: [ring] });
    } else {
      if (positions.length < 2) return null;
      parts.push({ type: "LineString", coordinates: positions });
    }
  }
  return parts;
}

function readPair(line) {
  const match = PAIR.exec(line.trim());
  if (!match) return null;
  const [lat, lon] = [match[1], match[2]].map((number) => Number.parseFloat(number.replace(",", ".")));
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}

/** Write simple parts as text: one point as "lat, lon", else GeoJSON; "" for none. */
export function writeText(parts) {
  if (!parts.length) return "";
  if (parts.length === 1) {
    const [part] = parts;
    if (part.type === "Point") return spot(part.coordinates);
    return JSON.stringify({ type: part.type, coordinates: rounded(part.coordinates) });
  }
  const { type } = parts[0];
  const coordinates = parts.map((part) => rounded(part.coordinates));
  return JSON.stringify({ type: `Multi${type}`, coordinates });
}

/** "lat, lon" of a position, as an editor reads and types it. */
export function spot([lon, lat]) {
  return `${lat.toFixed(DIGITS)}, ${lon.toFixed(DIGITS)}`;
}

function rounded(coordinates) {
  if (typeof coordinates === "number") return Number(coordinates.toFixed(DIGITS));
  return coordinates.map(rounded);
}
