/** A Leaflet map with our controls, tiles that may fail, and manners towards the page. */

import { element, prefersReducedMotion } from "./dom.js";

/* As in map.css: on a map this narrow the controls lie in a row at the bottom. */
export const NARROW = 480;
const CONTROLS_ROW = 72;

const FAILURES_BEFORE_GIVING_UP = 4;
const HINT_MILLISECONDS = 1800;

/**
 * Make a map in `container`.
 *
 * `config`: bounds [west, south, east, north], tiles {url, attribution, maxZoom} or null,
 * texts (see cms.geometry.mapconfig.map_texts), label. `announce(text)` is told when the
 * tiles cannot be reached. `canvas`: draw lines and polygons on a canvas, which keeps thousands of
 * them quick. Returns the Leaflet map.
 */
export function createMap(container, config, { announce = () => {}, canvas = true } = {}) {
  const calm = prefersReducedMotion();
  const touch = window.matchMedia("(pointer: coarse)").matches;
  const map = L.map(container, {
    preferCanvas: canvas,
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    dragging: !touch,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
    maxZoom: config.tiles?.maxZoom ?? 19,
    minZoom: 8,
    zoomSnap: 0.25,
  });
  if (calm) neverAnimate(map);
  container.setAttribute("role", "group");
  container.setAttribute("aria-label", config.label ?? "");
  addControls(map, config.texts);
  if (config.tiles) addTiles(map, config, announce);
  handleWheel(map, container, config.texts);
  if (touch) hintOnOneFinger(container, config.texts);
  fitBounds(map, config.bounds);
  followSize(map, container, config.bounds);
  return map;
}

/** Show [west, south, east, north], or Leaflet bounds, as large as it goes beside the controls. */
export function fitBounds(map, bounds, { padding = 0, maxZoom } = {}) {
  const below = map.getSize().x <= NARROW ? CONTROLS_ROW : 0;
  const [west, south, east, north] = Array.isArray(bounds)
    ? bounds
    : [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  map.fitBounds(
    [
      [south, west],
      [north, east],
    ],
    {
      animate: false,
      maxZoom,
      paddingTopLeft: [padding, padding],
      paddingBottomRight: [padding, padding + below],
    },
  );
}

function neverAnimate(map) {
  const panBy = map.panBy.bind(map);
  map.panBy = (offset, options) => panBy(offset, { ...options, animate: false });
}

function addControls(map, texts) {
  const button = (className, label, sign, onClick) => {
    const node = element("button", { type: "button", class: className, title: label }, sign);
    node.setAttribute("aria-label", label);
    node.addEventListener("click", onClick);
    return node;
  };
  const Controls = L.Control.extend({
    options: { position: "topright" },
    onAdd() {
      const step = () => map.getSize().divideBy(3);
      const pan = (x, y) => () => map.panBy([x * step().x, y * step().y]);
      const box = element(
        "div",
        { class: "gp-map__controls" },
        element(
          "div",
          { class: "gp-map__zoom" },
          button("gp-map__button", texts.zoomIn, "+", () => map.zoomIn()),
          button("gp-map__button", texts.zoomOut, "−", () => map.zoomOut()),
        ),
        element(
          "div",
          { class: "gp-map__pan" },
          button("gp-map__button gp-map__button--up", texts.panUp, "↑", pan(0, -1)),
          button("gp-map__button gp-map__button--left", texts.panLeft, "←", pan(-1, 0)),
          button("gp-map__button gp-map__button--right", texts.panRight, "→", pan(1, 0)),
          button("gp-map__button gp-map__button--down", texts.panDown, "↓", pan(0, 1)),
        ),
      );
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    },
  });
  new Controls().addTo(map);
}

function addTiles(map, config, announce) {
  const tiles = L.tileLayer(config.tiles.url, {
    maxZoom: config.tiles.maxZoom,
    className: "gp-map__tiles",
    alt: "",
  });
  L.control.attribution({ prefix: false }).addAttribution(config.tiles.attribution).addTo(map);
  let failures = 0;
  let arrived = false;
  tiles.on("tileload", () => {
    arrived = true;
  });
  tiles.on("tileerror", () => {
    failures += 1;
    if (arrived || failures < FAILURES_BEFORE_GIVING_UP || !map.hasLayer(tiles)) return;
    tiles.remove();
    announce(config.texts.tilesDown);
  });
  tiles.addTo(map);
}

/* The wheel scrolls the page, unless Ctrl is held or the visitor is working in the map. */
function handleWheel(map, container, texts) {
  const hint = element("p", { class: "gp-map__hint", "aria-hidden": "true" }, texts.ctrlHint);
  container.append(hint);
  let timer = null;
  container.addEventListener(
    "wheel",
    (event) => {
      const zooms = event.ctrlKey || event.metaKey || container.contains(document.activeElement);
      if (zooms) {
        map.scrollWheelZoom.enable();
        return;
      }
      map.scrollWheelZoom.disable();
      hint.classList.add("is-shown");
      window.clearTimeout(timer);
      timer = window.setTimeout(() => hint.classList.remove("is-shown"), HINT_MILLISECONDS);
    },
    { capture: true, passive: true },
  );
}

function hintOnOneFinger(container, texts) {
  const hint = element("p", { class: "gp-map__hint", "aria-hidden": "true" }, texts.touchHint);
  container.append(hint);
  let timer = null;
  container.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length !== 1) return;
      hint.classList.add("is-shown");
      window.clearTimeout(timer);
      timer = window.setTimeout(() => hint.classList.remove("is-shown"), HINT_MILLISECONDS);
    },
    { passive: true },
  );
}

/* A map in a folded panel has no size: measure again, and fit once when it first shows. */
function followSize(map, container, bounds) {
  let shown = container.clientWidth > 0;
  new ResizeObserver(() => {
    if (!container.clientWidth) return;
    map.invalidateSize({ animate: false });
    if (!shown) {
      shown = true;
      map.fire("gp:shown");
      if (!map.gpFitted) fitBounds(map, bounds);
    }
  }).observe(container);
}
