/**
 * Choose a spot with a click, or by keyboard: move the map under a crosshair with the arrow
 * keys and press Enter.
 */

import { element } from "./dom.js";

/** Call `choose(latlng)` whenever the visitor chooses a spot on `map`. */
export function onPick(map, choose) {
  const container = map.getContainer();
  container.append(element("span", { class: "gp-map__crosshair", "aria-hidden": "true" }));
  container.classList.add("gp-map--pick");
  map.on("click", ({ latlng }) => choose(latlng));
  // Leaflet's arrow keys, which give no options, start a glide: Enter would choose a spot halfway,
  // and the next arrow would be lost. So the map jumps.
  const { panBy } = map;
  map.panBy = (offset, options = { animate: false }) => panBy.call(map, offset, options);
  container.addEventListener("keydown", (event) => {
    if (event.target !== container || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    choose(map.getCenter());
  });
}

/** A latitude or longitude as it goes into an address or an input: a decimetre precise. */
export function coordinate(value) {
  return value.toFixed(6);
}
