/** One popup at a time: a small dialog that takes the focus and gives it back. */

import { NARROW } from "./base.js";
import { element, fill, prefersReducedMotion } from "./dom.js";

/* On a wide map popups stay clear of the controls; on a narrow one map.css hides those. */
const CONTROLS_WIDTH = 104;
const MARGIN = 12;

let serial = 0;

/**
 * Make the popup handling of a map. `open(latlng, features, opener)` shows one feature or a
 * list of them; `opener` is a function that finds the element to give the focus back to.
 */
export function popups(map, texts) {
  let current = null;

  function open(latlng, features, opener) {
    close({ restore: false });
    const headingId = `gp-popup-${(serial += 1)}`;
    const body = element(
      "div",
      { class: "gp-popup", role: "dialog", "aria-labelledby": headingId, tabindex: "-1" },
      ...(features.length === 1
        ? single(features[0], headingId, texts)
        : several(features, headingId, texts)),
    );
    const closeButton = element("button", { type: "button", class: "gp-popup__close" });
    closeButton.setAttribute("aria-label", texts.close);
    closeButton.append(element("span", { "aria-hidden": "true" }, "×"));
    closeButton.addEventListener("click", () => close());
    body.append(closeButton);
    body.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
    const size = map.getSize();
    const beside = size.x > NARROW ? CONTROLS_WIDTH : 0;
    const popup = L.popup({
      closeButton: false,
      minWidth: 180,
      maxWidth: Math.min(320, size.x - beside - 40),
      maxHeight: Math.max(140, size.y - 90),
      offset: [0, -8],
      autoPanPaddingTopLeft: [MARGIN, MARGIN],
      autoPanPaddingBottomRight: [beside + MARGIN, MARGIN],
    })
      .setLatLng(latlng)
      .setContent(body);
    current = { popup, opener };
    popup.on("remove", () => {
      if (current?.popup === popup) finish({ restore: popup.getElement().contains(document.activeElement) });
    });
    popup.openOn(map);
    body.focus({ preventScroll: prefersReducedMotion() });
  }

  function close({ restore = true } = {}) {
    if (!current) return;
    const { popup, opener } = current;
    current = null;
    popup.remove();
    if (restore) opener?.()?.focus();
  }

  function finish({ restore }) {
    const { opener } = current;
    current = null;
    if (restore) opener?.()?.focus();
  }

  return { open, close, isOpen: () => Boolean(current) };
}

function single(feature, headingId, texts) {
  const meta = [feature.layer.label, feature.meta].filter(Boolean).join(" · ");
  return [
    element("p", { class: "gp-popup__kind" }, meta),
    element("h3", { class: "gp-popup__title", id: headingId, lang: "nl" }, feature.title),
    feature.summary ? element("p", { class: "gp-popup__text", lang: "nl" }, feature.summary) : null,
    feature.url
      ? element("p", {}, element("a", { href: feature.url, class: "gp-popup__link" }, fill(texts.open, { title: feature.title })))
      : null,
  ].filter(Boolean);
}

function several(features, headingId, texts) {
  const items = features.map((feature) =>
    element(
      "li",
      {},
      element("a", { href: feature.url, lang: "nl" }, feature.title),
      element("span", { class: "gp-popup__kind" }, ` ${feature.layer.label}`),
    ),
  );
  return [
    element(
      "h3",
      { class: "gp-popup__title", id: headingId },
      fill(texts.groupHeading, { count: features.length }),
    ),
    element("ul", { class: "gp-popup__list" }, ...items),
  ];
}
