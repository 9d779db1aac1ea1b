/** One layer of the map: its features, fetched once, and its lines and polygons. */

import { anchorsOf, labelSpots, shapeOf } from "./geometry.js";

const AREA_SHAPE = "area";
/** Titles are Dutch in every language of the interface. */
const BY_TITLE = new Intl.Collator("nl", { numeric: true });

/**
 * A layer as the config describes it (see cms.geometry.mapconfig.map_config), with `features`:
 * `{id, title, url, meta, geometry, anchors, layer}` once `load()` is done.
 */
export class MapLayer {
  constructor(config, texts) {
    Object.assign(this, config);
    this.label = config.singular ?? config.label;
    this.plural = config.label;
    this.visible = config.on ?? true;
    this.isArea = config.shape === AREA_SHAPE;
    this.texts = texts;
    this.features = [];
    this.loaded = false;
    this.shapes = L.featureGroup();
    this.pathsOf = new Map();
  }

  /** Fetch the features, or take those in the config. Throws where the answer is no GeoJSON. */
  async load() {
    const collection = this.data ?? (await fetchJson(this.url));
    this.features = collection.features.filter((row) => row.geometry).map((row) => this.read(row));
    // The server gives them as they come: popups and groups name them in order.
    this.features.sort((one, other) => BY_TITLE.compare(one.title, other.title));
    this.loaded = true;
  }

  read({ id, geometry, properties }) {
    const status = this.statuses?.[properties.status] ?? "";
    return {
      layer: this,
      id: `${this.key}:${id}`,
      title: properties.title,
      short: properties.short ?? properties.title,
      url: properties.url,
      summary: properties.summary ?? "",
      meta: [properties.place, status].filter(Boolean).join(" · "),
      geometry,
      anchors: this.background || this.fills ? [] : anchorsOf(geometry),
      labelSpots: this.names ? labelSpots(geometry) : [],
    };
  }

  /** Draw lines and polygons on `map`; `open(latlng, feature)` runs on a click. */
  draw(map, style, open) {
    for (const feature of this.features) {
      const shape = shapeOf(feature.geometry);
      if (!shape) continue;
      const path = L.geoJSON(shape, {
        style: () => style(this, false),
        interactive: Boolean(open) && !this.background,
        bubblingMouseEvents: false,
      });
      if (open && !this.background) path.on("click", ({ latlng }) => open(latlng, feature));
      path.on("mouseover", () => path.setStyle(style(this, true)));
      path.on("mouseout", () => path.setStyle(style(this, false)));
      this.pathsOf.set(feature.id, path);
      this.shapes.addLayer(path);
    }
  }

  restyle(style, activeId) {
    for (const [id, path] of this.pathsOf) path.setStyle(style(this, id === activeId));
  }
}

async function fetchJson(url) {
  const response = await fetch(url, { headers: { Accept: "application/geo+json" } });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const collection = await response.json();
  if (!Array.isArray(collection.features)) throw new Error(`No features in ${url}`);
  return collection;
}

/** Leaflet path options by layer, from the colours of the theme that is in force now. */
export function styleReader(container) {
  return (layer, active) => {
    const theme = getComputedStyle(container);
    const color = (name, fallback) => theme.getPropertyValue(name).trim() || fallback;
    const own = color(`--gp-layer-${layer.color}`, color("--gp-map-marker", "#1d2f40"));
    const line = layer.isArea ? color("--gp-map-area-line", own) : own;
    if (layer.fills) {
      const edge = color(active ? "--gp-map-active" : "--gp-color-text", own);
      return { color: edge, fillColor: own, weight: active ? 4 : 1, fillOpacity: 0.85, opacity: 1 };
    }
    const fill = layer.isArea ? color("--gp-map-area-fill", own) : own;
    return {
      color: active ? color("--gp-map-active", line) : line,
      fillColor: fill,
      weight: (layer.isArea ? 2 : 4) + (active ? 2 : 0),
      fillOpacity: layer.isArea ? (active ? 0.5 : 0.22) : 0.25,
      opacity: 1,
    };
  };
}
