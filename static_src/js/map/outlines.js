/** The outlines of the areas under a map on which somebody chooses or draws. */

import { MapLayer, styleReader } from "./layers.js";

/* An outline that does not load leaves the question as it is: one can still choose. */
export async function drawOutlines(map, container, config) {
  const style = styleReader(container);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  for (const row of config.layers) {
    const layer = new MapLayer({ ...row, background: true }, config.texts);
    try {
      await layer.load();
    } catch {
      continue;
    }
    layer.draw(map, style, null);
    layer.shapes.addTo(map).bringToBack();
    dark.addEventListener("change", () => layer.restyle(style, null));
  }
}
