// Draws a chart where the page has made room for it, once the page is laid out, and again in whatever room it is given later.
function drawChart(id, figure) {
  const phone = matchMedia("(max-width: 640px)").matches;
  const layout = figure.layout;
  const small = { "font.size": 11, margin: { l: 48, r: 8, t: 8, b: 40 } };
  if (phone) {
    layout.font.size = small["font.size"];
    layout.margin = small.margin;
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
    // A table of many rows is as high as it says.
    if (layout.height) chart.style.height = `${layout.height}px`;
    await Plotly.newPlot(chart, figure.data, layout, config);
    new ResizeObserver(() => Plotly.Plots.resize(chart)).observe(chart);
    // What is printed is what stands there when this event has been handled: the chart in the size that the style sheet gives it on paper.
    const screen = { "font.size": layout.font.size, margin: layout.margin, width: null, height: null, autosize: true };
    addEventListener("beforeprint", () => Plotly.relayout(chart, { ...small, width: 318, height: 248 }));
    addEventListener("afterprint", () => Plotly.relayout(chart, screen));
  });
}
