// Draws a figure in every place of a notebook page that is marked with its key and not drawn yet, as soon as plotly.js is there: an output may
// come before the one that holds plotly.js, and the same figure may stand in two outputs. Until then a place shows its picture, if it has one.
(function draw(key, figure, tries) {
  const places = document.querySelectorAll(`[data-functional-metrics="${key}"]:not([data-drawn])`);
  if (!window.Plotly) {
    if (tries > 0) setTimeout(draw, 100, key, figure, tries - 1);
    else for (const place of places) if (!place.hasChildNodes()) place.innerHTML = "<small>This chart is drawn once the output that holds plotly.js is on the page: run the cell that references FunctionalMetrics.Interactive.</small>";
    return;
  }
  const phone = matchMedia("(max-width: 640px)").matches;
  for (const place of places) {
    place.dataset.drawn = "";
    place.replaceChildren();
    place.style.minWidth = "320px";
    place.style.height = phone ? "350px" : "400px";
    const layout = structuredClone(figure.layout);
    if (phone) Object.assign(layout, { margin: { l: 48, r: 8, t: 8, b: 40 }, font: { ...layout.font, size: 11 } });
    if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
    window.Plotly.newPlot(place, figure.data, layout, { displaylogo: false, responsive: true, displayModeBar: phone ? false : "hover" });
  }
})
