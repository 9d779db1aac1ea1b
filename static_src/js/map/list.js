/**
 * The list lights up the map. An element with `data-map-feature="<layer>:<id>"` highlights that
 * feature while it is pointed at or has the focus; a button with `data-map-show="<layer>:<id>"`
 * (hidden until this runs) moves the map there and opens the popup.
 */

export function linkList(view) {
  const idAt = (event) => event.target.closest?.("[data-map-feature]")?.dataset.mapFeature ?? null;
  const light = (event) => {
    const id = idAt(event);
    if (id !== view.activeId) view.highlight(id);
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("click", (event) => {
    const id = event.target.closest?.("[data-map-show]")?.dataset.mapShow;
    if (!id) return;
    view.container.scrollIntoView({ block: "nearest" });
    view.openById(id);
  });
  for (const button of document.querySelectorAll("[data-map-show]")) button.hidden = false;
}
