// What a report shows as its thresholds are moved: each number stands in the page's own data, and is only put in its place here.
let stops = null;
const moved = [];
const axes = { roc: ["fpr", "recall"], "precision-recall": ["recall", "precision"], pro: ["fpr", "pro"], f1: ["at", "f1"] };
const listed = 24;

// Registered before the charts' own, which draw the mark where it stands.
document.addEventListener("DOMContentLoaded", () => {
  const element = document.getElementById("stops");
  if (!element) return;
  stops = JSON.parse(element.textContent);
  stops.levels.forEach((level, index) => {
    const slider = document.getElementById(`stop-${index}`);
    if (!slider) return;
    level.now = level.start;
    const show = () => showStop(index, slider, Number(slider.value));
    slider.addEventListener("input", show);
    show();
  });
});

function showStop(index, slider, stop) {
  const level = stops.levels[index];
  level.now = stop;
  slider.setAttribute("aria-valuetext", level.threshold[stop]);
  for (const place of document.querySelectorAll(`[data-live^="${index}."]`)) {
    const key = place.dataset.live.split(".")[1];
    place.textContent =
      key === "threshold" ? level.threshold[stop] : level.rates[key]?.shown[stop] ?? level[key][stop].toLocaleString("en-US");
  }
  level.folders.forEach((folder, at) => {
    const [count, share] = document.querySelectorAll(`[data-folder="${index}.${at}"]`);
    count.textContent = `${folder.found[stop].toLocaleString("en-US")} of ${folder.all.toLocaleString("en-US")}`;
    share.textContent = folder.shown[stop];
  });
  const isMarked = (image) => stop < level.marked[image];
  const wrong = (anomalous) => stops.names.filter((_, image) => stops.anomalous[image] === anomalous && isMarked(image) !== (anomalous === 1));
  for (const [key, anomalous] of [["passed", 1], ["called", 0]]) {
    const place = document.querySelector(`[data-list="${index}.${key}"]`);
    if (!place) continue;
    const names = wrong(anomalous);
    const rest = names.length > listed ? ` and ${names.length - listed} more` : "";
    place.textContent = names.length ? `${names.length} (${names.slice(0, listed).join(", ")}${rest})` : "none";
  }
  if (index === 0)
    for (const picture of document.querySelectorAll("[data-image]")) {
      const marked = isMarked(stops.names.indexOf(picture.dataset.image));
      picture.classList.toggle("called", marked);
      picture.querySelector(".call").textContent = marked ? "called anomalous" : "called normal";
    }
  for (const move of moved) move(index);
}

// The point of a chart where its level's threshold stands; null where the chart has none.
function pointOf(id) {
  const [, number, name] = /^level-(\d+)-(.*)$/.exec(id) ?? [];
  const level = stops?.levels[number - 1];
  if (level?.now === undefined) return null;
  const value = (key) => (key === "at" ? level.at : level.rates[key].value)[level.now];
  return name === "scores" ? { index: number - 1, line: value("at") } : { index: number - 1, x: value(axes[name][0]), y: value(axes[name][1]) };
}

// Marks the threshold in a chart that is about to be drawn; gives what moves the mark.
function markStop(id, figure) {
  const point = pointOf(id);
  if (!point) return () => {};
  const fixed = figure.layout.shapes ?? [];
  const upright = (x) => ({ type: "line", xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, visible: x !== null, line: { color: "#009E73", width: 2 } });
  if ("line" in point) figure.layout.shapes = [...fixed, upright(point.line)];
  else
    figure.data.push({
      type: "scatter",
      mode: "markers",
      x: [point.x],
      y: [point.y],
      showlegend: false,
      hovertemplate: "the threshold that is moved<extra></extra>",
      marker: { size: 13, symbol: "circle-open", color: "#009E73", line: { width: 3 } },
    });
  const trace = figure.data.length - 1;
  return (index) => {
    const now = pointOf(id);
    if (now.index !== index) return;
    if ("line" in now) Plotly.relayout(id, { shapes: [...fixed, upright(now.line)] });
    else Plotly.restyle(id, { x: [[now.x]], y: [[now.y]] }, [trace]);
  };
}

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
    const move = markStop(id, figure);
    await Plotly.newPlot(chart, figure.data, layout, config);
    moved.push(move);
    new ResizeObserver(() => Plotly.Plots.resize(chart)).observe(chart);
    // What is printed is what stands there when this event has been handled: the chart in the size that the style sheet gives it on paper.
    const screen = { "font.size": layout.font.size, margin: layout.margin, width: null, height: null, autosize: true };
    addEventListener("beforeprint", () => Plotly.relayout(chart, { ...small, width: 318, height: 248 }));
    addEventListener("afterprint", () => Plotly.relayout(chart, screen));
  });
}
