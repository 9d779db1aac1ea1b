/** Markers that a keyboard and a screen reader can use: buttons with a shape and a letter. */

import { element, fill } from "./dom.js";

export const TARGET = 44;
const BELOW = -1000; // a name lies under symbols, where there is no room for both

/**
 * Make the Leaflet marker of one feature: its symbol, or its name where `named`. `open()` runs
 * on click, Enter and Space.
 */
export function featureMarker(latlng, feature, { named = false, open }) {
  const { layer } = feature;
  const symbol = named
    ? element("span", { class: "gp-map__name", lang: "nl" }, feature.title)
    : symbolElement(layer);
  return buttonMarker(latlng, {
    content: symbol,
    label: `${layer.label}: ${feature.title}`,
    className: `gp-layer gp-layer--${layer.color}`,
    wide: named,
    open,
  });
}

/** Make the marker of a group of features, with their number on it. */
export function groupMarker(latlng, members, texts, open) {
  const layers = new Set(members.map((feature) => feature.layer));
  const single = layers.size === 1 ? [...layers][0] : null;
  const content = element(
    "span",
    { class: "gp-symbol gp-symbol--group" },
    element("span", { class: "gp-symbol__letter" }, String(members.length)),
  );
  return buttonMarker(latlng, {
    content,
    label: fill(texts.group, { count: members.length }),
    className: single ? `gp-layer gp-layer--${single.color}` : "gp-layer gp-layer--mixed",
    open,
  });
}

/** The symbol of a layer: the same markup as in the legend (templates/components/map.html). */
export function symbolElement(layer) {
  return element(
    "span",
    { class: `gp-symbol gp-symbol--${layer.shape}`, "aria-hidden": "true" },
    element("span", { class: "gp-symbol__letter" }, layer.letter),
  );
}

function buttonMarker(latlng, { content, label, className, wide = false, open }) {
  const icon = L.divIcon({
    html: content,
    className: `gp-marker ${className}${wide ? " gp-marker--wide" : ""}`,
    iconSize: wide ? null : [TARGET, TARGET],
  });
  const marker = L.marker(latlng, {
    icon,
    keyboard: true,
    riseOnHover: true,
    alt: "",
    zIndexOffset: wide ? BELOW : 0,
  });
  marker.on("add", () => {
    const node = marker.getElement();
    node.setAttribute("aria-label", label);
    node.setAttribute("aria-haspopup", "dialog");
  });
  marker.on("click", () => open());
  marker.on("keydown", ({ originalEvent }) => {
    if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
    originalEvent.preventDefault();
    originalEvent.stopPropagation();
    open();
  });
  return marker;
}
