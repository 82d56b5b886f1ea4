// Draws a chart where the page has made room for it, once the page is laid out, and again in whatever room it is given later.
function drawChart(id, figure) {
  const phone = matchMedia("(max-width: 640px)").matches;
  const layout = figure.layout;
  if (phone) {
    layout.font.size = 11;
    layout.margin = { l: 48, r: 8, t: 8, b: 40 };
  }
  // A finger on a chart scrolls the page.
  if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
  const config = {
    displaylogo: false,
    displayModeBar: phone ? false : "hover",
    modeBarButtonsToRemove: ["select2d", "lasso2d"],
    toImageButtonOptions: { filename: id, scale: 2 },
  };
  document.addEventListener("DOMContentLoaded", async () => {
    const chart = document.getElementById(id);
    await Plotly.newPlot(chart, figure.data, layout, config);
    new ResizeObserver(() => Plotly.Plots.resize(chart)).observe(chart);
  });
}
