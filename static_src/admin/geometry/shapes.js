/** The shapes on the drawing map: drawn, selected, dragged and read back as GeoJSON. */

import { element, fill } from "../../js/map/dom.js";
import { spot } from "./text.js";

const MAX_DRAGGED_VERTICES = 400;
const KEY_STEP = 4;
const KEY_STRIDE = 24;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Holds the shapes of one widget. `changed()` runs after every change by the editor. */
export class Shapes {
  constructor(map, { texts, changed, tooDetailed }) {
    this.map = map;
    this.texts = texts;
    this.changed = changed;
    this.tooDetailed = tooDetailed;
    this.group = L.featureGroup().addTo(map);
    this.selected = null;
    map.on("click", () => this.select(null));
  }

  /** Simple GeoJSON geometries of all shapes, in the order in which they were drawn. */
  get parts() {
    return this.group.getLayers().map((layer) => layer.toGeoJSON().geometry);
  }

  set parts(parts) {
    this.select(null);
    this.group.clearLayers();
    for (const part of parts) this.add(part);
    if (parts.length === 1 && parts[0].type !== "Point") this.select(this.group.getLayers()[0]);
  }

  get kind() {
    return this.parts[0]?.type ?? null;
  }

  add(part) {
    if (part.type === "Point") this.addPoint(part);
    else this.addPath(part);
  }

  addPoint({ coordinates: [lon, lat] }) {
    const marker = L.marker([lat, lon], { icon: pinIcon(), draggable: true, keyboard: true });
    marker.on("add", () => this.label(marker));
    marker.on("dragend", () => this.moved(marker));
    marker.on("keydown", ({ originalEvent }) => this.onPointKey(marker, originalEvent));
    marker.on("click", (event) => L.DomEvent.stopPropagation(event));
    this.group.addLayer(marker);
  }

  addPath(part) {
    const [layer] = L.geoJSON(part, { style: { className: "gp-geometry__shape", weight: 4 } }).getLayers();
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      this.select(layer);
    });
    layer.on("edit", () => this.changed());
    this.group.addLayer(layer);
  }

  label(marker) {
    const { lat, lng } = marker.getLatLng();
    marker
      .getElement()
      .setAttribute("aria-label", fill(this.texts.pointMarker, { spot: spot([lng, lat]) }));
  }

  moved(marker) {
    this.label(marker);
    this.changed();
  }

  onPointKey(marker, event) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.group.removeLayer(marker);
      this.map.getContainer().focus();
      this.changed();
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = event.shiftKey ? KEY_STRIDE : KEY_STEP;
    const from = this.map.project(marker.getLatLng());
    marker.setLatLng(this.map.unproject(from.add([arrow[0] * step, arrow[1] * step])));
    this.moved(marker);
  }

  /** Show the vertices of one path, or of none, to drag them. */
  select(layer) {
    if (this.selected === layer) return;
    this.selected?.editing.disable();
    this.selected?.getElement()?.classList.remove("is-selected");
    this.selected = null;
    if (!layer?.editing || layer instanceof L.Marker) return;
    if (vertexCount(layer.toGeoJSON().geometry.coordinates) > MAX_DRAGGED_VERTICES) {
      this.tooDetailed();
      return;
    }
    this.selected = layer;
    layer.editing.enable();
    layer.getElement()?.classList.add("is-selected");
  }

  removeSelected() {
    if (!this.selected) return;
    const layer = this.selected;
    this.select(null);
    this.group.removeLayer(layer);
    this.changed();
  }

  fit() {
    if (!this.group.getLayers().length) return;
    this.map.fitBounds(this.group.getBounds(), { animate: false, maxZoom: 14, padding: [32, 32] });
  }
}

/** Number of positions in the coordinates of a geometry. */
export function vertexCount(coordinates) {
  if (typeof coordinates[0] === "number") return 1;
  return coordinates.reduce((total, part) => total + vertexCount(part), 0);
}

/** The pin that a point is drawn with. */
export function pinIcon() {
  return L.divIcon({
    html: element("span", { class: "gp-geometry__pin" }),
    className: "gp-geometry__marker",
    iconSize: [32, 40],
    iconAnchor: [16, 40],
  });
}
