/** A map with layers: keeps markers, groups, outlines and popups in step with what is shown. */

import { NARROW, createMap, fitBounds } from "./base.js";
import { labelCells } from "./cells.js";
import { element, fill, prefersReducedMotion } from "./dom.js";
import { groupPoints } from "./grouping.js";
import { placeNames } from "./labels.js";
import { MapLayer, styleReader } from "./layers.js";
import { TARGET, featureMarker, groupMarker } from "./markers.js";
import { popups } from "./popup.js";

export class MapView {
  constructor(container, config, status) {
    this.container = container;
    this.config = config;
    this.line = element("p");
    this.failures = element("div");
    status.append(this.line, this.failures);
    this.map = createMap(container, config, { announce: (text) => this.say(text) });
    this.style = styleReader(container);
    this.popups = popups(this.map, config.texts);
    this.layers = config.layers.map((layer) => new MapLayer(layer, config.texts));
    this.labelCells = labelCells(this.map, this.layers);
    this.markers = new Map();
    this.groups = null;
    this.activeId = null;
    this.map.on("zoomend", () => {
      this.groups = null;
    });
    this.map.on("moveend gp:shown", () => this.render());
    window
      .matchMedia("(prefers-color-scheme: dark)")
      .addEventListener("change", () => this.restyle());
  }

  /** Load and show every visible layer; one that fails leaves the others as they are. */
  async start() {
    this.syncLegend();
    await Promise.all(this.layers.filter((layer) => layer.visible).map((layer) => this.show(layer)));
    if (this.config.fit) this.fitFeatures();
  }

  async show(layer) {
    layer.visible = true;
    if (!layer.loaded && !(await this.load(layer))) return;
    if (!layer.visible) return;
    layer.shapes.addTo(this.map);
    this.stack();
    this.refresh();
  }

  hide(layer) {
    layer.visible = false;
    layer.shapes.remove();
    this.popups.close({ restore: false });
    this.refresh();
  }

  /** Show exactly the layers with these keys. */
  showOnly(keys) {
    for (const layer of this.layers) {
      if (keys.has(layer.key) && !layer.visible) this.show(layer);
      else if (!keys.has(layer.key) && layer.visible) this.hide(layer);
    }
  }

  load(layer) {
    layer.pending ??= this.fetch(layer).finally(() => {
      layer.pending = null;
    });
    return layer.pending;
  }

  async fetch(layer) {
    try {
      await layer.load();
    } catch {
      this.sayFailed(layer);
      return false;
    }
    const open = this.config.pickUrl ? null : (latlng, feature) => this.openFeature(latlng, feature);
    layer.draw(this.map, this.style, open);
    return true;
  }

  /* Outlines lie in the order of the layers, however their answers came in. */
  stack() {
    for (const layer of this.layers) if (layer.visible) layer.shapes.bringToFront();
  }

  restyle() {
    for (const layer of this.layers) layer.restyle(this.style, this.activeId);
  }

  refresh() {
    this.groups = null;
    this.render();
    this.labelCells();
    this.syncLegend();
  }

  syncLegend() {
    const legend = document.querySelector(`.gp-legend[data-map-part="${this.container.id}"]`);
    for (const layer of legend ? this.layers : []) {
      const item = legend.querySelector(`[data-map-layer="${layer.key}"]`);
      if (item) item.hidden = !layer.visible;
    }
  }

  /** Put markers where they belong at this zoom, and keep those that need not change. */
  render() {
    if (!this.map.getSize().x) return;
    this.groups ??= this.makeGroups();
    const bounds = this.map.getPixelBounds();
    const margin = this.map.getSize().divideBy(4);
    const near = L.bounds(bounds.min.subtract(margin), bounds.max.add(margin));
    const wanted = new Map();
    for (const group of this.groups) {
      if (near.contains([group.x, group.y])) wanted.set(keyOf(group), group);
    }
    const lost = this.dropMarkers(wanted);
    for (const [key, group] of wanted) {
      const marker = this.markers.get(key)?.marker ?? this.addMarker(key, group);
      this.markers.set(key, { marker, group });
    }
    if (lost) this.elementOf(lost)?.focus({ preventScroll: true });
    this.markActive();
  }

  dropMarkers(wanted) {
    let lost = null;
    for (const [key, { marker, group }] of this.markers) {
      if (wanted.has(key)) continue;
      if (marker.getElement() === document.activeElement) lost = group.members[0].feature.id;
      marker.remove();
      this.markers.delete(key);
    }
    return lost;
  }

  addMarker(key, group) {
    const latlng = this.map.unproject([group.x, group.y]);
    const features = featuresOf(group);
    const marker =
      features.length === 1
        ? featureMarker(latlng, features[0], {
            named: group.members[0].named,
            open: () => this.openFeature(latlng, features[0]),
          })
        : groupMarker(latlng, features, this.config.texts, () => this.openGroup(latlng, group));
    return marker.addTo(this.map);
  }

  makeGroups() {
    const points = [];
    const names = [];
    const point = (feature, [lon, lat]) => {
      const { x, y } = this.map.project([lat, lon]);
      return { x, y, feature, latlng: L.latLng(lat, lon) };
    };
    for (const layer of this.layers.filter(({ visible }) => visible)) {
      for (const feature of layer.features) {
        if (layer.names && feature.anchors.length) {
          names.push({ feature, spots: feature.labelSpots.map((spot) => point(feature, spot)) });
        } else points.push(...feature.anchors.map((anchor) => point(feature, anchor)));
      }
    }
    const narrow = this.map.getSize().x <= NARROW;
    const { placed, left } = placeNames(names, groupPoints(points, TARGET), narrow);
    const alone = placed.map((spot) => ({ x: spot.x, y: spot.y, members: [spot] }));
    return [...alone, ...groupPoints([...points, ...left], TARGET)];
  }

  openFeature(latlng, feature) {
    this.popups.open(latlng, [feature], () => this.elementOf(feature.id) ?? this.container);
  }

  /* Zooming in pulls a group apart, unless its members lie at one spot. */
  openGroup(latlng, group) {
    const max = this.map.getMaxZoom();
    const apart = L.bounds(group.members.map((member) => this.map.project(member.latlng, max)));
    const spread = apart.getSize();
    if (this.map.getZoom() >= max || Math.max(spread.x, spread.y) < TARGET) {
      const features = featuresOf(group);
      this.popups.open(latlng, features, () => this.elementOf(features[0].id) ?? this.container);
      return;
    }
    const bounds = L.latLngBounds(group.members.map((member) => member.latlng));
    const fitting = this.map.getBoundsZoom(bounds, false, L.point(TARGET * 2, TARGET * 2));
    const zoom = Math.min(max, Math.max(this.map.getZoom() + 1, fitting));
    this.map.setView(bounds.getCenter(), zoom, { animate: !prefersReducedMotion() });
  }

  /** Show one feature by id: pan to it and open its popup. */
  async openById(id) {
    // Who is quick presses the button before the layer has come in.
    await Promise.all(this.layers.map((layer) => layer.pending));
    const feature = this.find(id);
    if (!feature) return;
    const [lon, lat] = feature.anchors[0] ?? anchorOfBounds(feature);
    this.map.setView([lat, lon], Math.max(this.map.getZoom(), 14), { animate: false });
    this.openFeature(L.latLng(lat, lon), feature);
  }

  find(id) {
    for (const layer of this.layers) {
      const feature = layer.features.find((candidate) => candidate.id === id);
      if (feature) return feature;
    }
    return null;
  }

  /** The element of the marker that stands for a feature now: its own or its group's. */
  elementOf(id) {
    for (const { marker, group } of this.markers.values()) {
      if (group.members.some((member) => member.feature.id === id)) return marker.getElement();
    }
    return null;
  }

  /** Light up one feature, or none with null. */
  highlight(id) {
    this.activeId = id;
    this.markActive();
    this.restyle();
  }

  markActive() {
    for (const { marker, group } of this.markers.values()) {
      const active = group.members.some((member) => member.feature.id === this.activeId);
      marker.getElement()?.classList.toggle("is-active", active);
    }
  }

  fitFeatures() {
    const bounds = L.latLngBounds([]);
    for (const layer of this.layers.filter(({ visible }) => visible)) {
      for (const feature of layer.features) bounds.extend(L.geoJSON(feature.geometry).getBounds());
    }
    if (!bounds.isValid()) return;
    this.map.gpFitted = true;
    fitBounds(this.map, bounds, { padding: 16, maxZoom: 16 });
  }

  /** Tell everybody, seeing or not, what happened; failed layers keep their own lines. */
  say(text) {
    this.line.textContent = text;
  }

  sayFailed(layer) {
    const { texts } = this.config;
    const retry = element("button", { type: "button", class: "gp-map__retry" }, texts.retry);
    const line = element(
      "p",
      {},
      `${fill(texts.layerFailed, { layer: layer.plural })} `,
      retry,
    );
    retry.addEventListener("click", () => {
      line.remove();
      this.container.focus({ preventScroll: true });
      this.show(layer);
    });
    this.failures.append(line);
  }
}

function keyOf(group) {
  const first = group.members[0];
  const where = `${first.latlng.lat},${first.latlng.lng}`;
  return `${first.named ? "name" : "mark"}:${first.feature.id}@${where}x${group.members.length}`;
}

function featuresOf(group) {
  return [...new Set(group.members.map((member) => member.feature))];
}

function anchorOfBounds(feature) {
  const center = L.geoJSON(feature.geometry).getBounds().getCenter();
  return [center.lng, center.lat];
}
