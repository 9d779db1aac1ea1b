/** What stands in the polygons of a layer that `fills`: the number, or where that does not fit the
 * letter of the layer, so that colour is never alone. Nothing to press: a polygon is its own
 * target, and a table stands beside the map. */

import { element } from "./dom.js";

const CHARACTER = 8;
const PADDING = 6;

/** Keep the texts in step with the map; `layers` are its `MapLayer` objects. */
export function labelCells(map, layers) {
  const filled = layers.filter((layer) => layer.fills);
  if (!filled.length) return () => {};
  const group = L.layerGroup().addTo(map);
  const draw = () => {
    group.clearLayers();
    if (!map.getSize().x) return;
    const near = map.getBounds().pad(0.1);
    for (const layer of filled.filter(({ visible }) => visible)) {
      for (const feature of layer.features) {
        const bounds = layer.pathsOf.get(feature.id)?.getBounds();
        if (bounds && near.intersects(bounds)) label(map, layer, feature, bounds)?.addTo(group);
      }
    }
  };
  map.on("moveend gp:shown", draw);
  return draw;
}

function label(map, layer, feature, bounds) {
  const width = map.project(bounds.getNorthEast()).x - map.project(bounds.getSouthWest()).x;
  const text = [feature.short, layer.letter].find(
    (words) => words.length * CHARACTER + PADDING <= width,
  );
  if (!text) return null;
  const icon = L.divIcon({
    html: element("span", { class: "gp-cell__text" }, text),
    className: `gp-cell gp-layer--${layer.color}`,
    iconSize: [width, 16],
  });
  return L.marker(bounds.getCenter(), { icon, interactive: false, keyboard: false, alt: "" });
}
