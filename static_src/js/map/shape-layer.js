/** Shapes on the map: pins with a number, lines, polygons, and the one that is being drawn. */

import { element } from "./dom.js";

const PIN = 44;
const SPOT = 32;
const latLng = ([lon, lat]) => [lat, lon];

/** `moved(shape, latlng)` runs when a visitor drags the pin of a point. */
export class ShapeLayer {
  constructor(map, rules, moved) {
    this.map = map;
    this.rules = rules;
    this.moved = moved;
    this.drawn = L.layerGroup().addTo(map);
  }

  redraw(shapes) {
    this.drawn.clearLayers();
    const theme = getComputedStyle(this.map.getContainer());
    const color = theme.getPropertyValue("--gp-map-active").trim() || "#1d2f40";
    shapes.forEach((shape, number) => this.add(shape, number + 1, color));
  }

  add(shape, number, color) {
    const corners = shape.c.map(latLng);
    if (this.rules.shape === "point") {
      const pin = L.marker(corners[0], { draggable: true, keyboard: false, icon: pinIcon(number) });
      pin.on("dragend", () => this.moved(shape, pin.getLatLng()));
      this.drawn.addLayer(pin);
      return;
    }
    const style = { color, weight: 5, fillOpacity: 0.2, interactive: false };
    if (shape.o) style.dashArray = "8 8";
    const isClosed = this.rules.shape === "polygon" && !shape.o;
    this.drawn.addLayer(isClosed ? L.polygon(corners, style) : L.polyline(corners, style));
    for (const corner of shape.o ? corners : []) {
      const dot = { color, radius: 6, fillColor: "#ffffff", fillOpacity: 1, interactive: false };
      this.drawn.addLayer(L.circleMarker(corner, dot));
    }
    if (!shape.o) this.drawn.addLayer(label(corners[0], number));
  }

  show(shape) {
    const bounds = L.latLngBounds(shape.c.map(latLng));
    this.map.fitBounds(bounds, { animate: false, maxZoom: 17, padding: [40, 40] });
  }
}

/** A numbered spot of the editor; a click on it does what its checkbox does. */
export function spotMarker(box, number) {
  const icon = () =>
    L.divIcon({
      html: element("span", { class: "gp-spot", "data-chosen": box.checked }, String(number)),
      className: "gp-marker gp-layer",
      iconSize: [SPOT, SPOT],
    });
  const position = [Number(box.dataset.lat), Number(box.dataset.lon)];
  const marker = L.marker(position, { icon: icon(), keyboard: false });
  marker.on("click", () => box.click());
  box.addEventListener("change", () => marker.setIcon(icon()));
  return marker;
}

function pinIcon(number) {
  return L.divIcon({
    html: element(
      "span",
      { class: "gp-symbol gp-symbol--pin" },
      element("span", { class: "gp-symbol__letter" }, String(number)),
    ),
    className: "gp-marker gp-marker--chosen gp-layer",
    iconSize: [PIN, PIN],
    iconAnchor: [PIN / 2, PIN - 5],
  });
}

function label(position, number) {
  const html = element("span", { class: "gp-shape-number" }, String(number));
  const icon = L.divIcon({ html, className: "gp-marker gp-layer", iconSize: [SPOT, SPOT] });
  return L.marker(position, { icon, interactive: false, keyboard: false });
}
