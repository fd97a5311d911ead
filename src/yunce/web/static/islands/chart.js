// chart: draws an ECharts option that Python built.
//   <div data-island="chart" data-option="ID" role="img" aria-label="what it shows, in words"></div>
//   <script type="application/json" id="ID">{…}</script>   (Django's json_script)
// In the option, "token:ink" becomes the theme's colour --ink, and "format:prose|wan|percent|plain" a function
// that writes numbers (1.5万, 8%, 1,234). Drawn again when the theme or the size changes.
(() => {
  const MISSING = "—";
  const short = (value, digits) => String(Number(value.toFixed(digits))).replace("-", "−");
  const FORMATS = {
    prose: (value) => (value == null ? MISSING : Math.abs(value) >= 1e8 ? `${short(value / 1e8, 1)}亿`
      : Math.abs(value) >= 1e4 ? `${short(value / 1e4, 2)}万` : value.toLocaleString("en-US", { maximumFractionDigits: 2 }).replace("-", "−")),
    wan: (value) => (value === 0 ? "0" : `${short(value / 1e4, 2)}万`), // an axis keeps to one unit
    percent: (value) => (value == null ? MISSING : `${short(value * 100, 2)}%`),
    plain: (value) => (value == null ? MISSING : short(value, 2)),
  };
  const charts = new Map(); // element → { chart, option }

  const resolved = (part, style) => {
    if (Array.isArray(part)) return part.map((item) => resolved(item, style));
    if (part && typeof part === "object")
      return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, resolved(value, style)]));
    if (typeof part !== "string") return part;
    if (part.startsWith("token:")) return style.getPropertyValue(`--${part.slice(6)}`).trim();
    if (part.startsWith("format:")) return FORMATS[part.slice(7)];
    return part;
  };
  const tooltip = (style) => ({
    backgroundColor: style.getPropertyValue("--surface").trim(),
    borderColor: style.getPropertyValue("--line-2").trim(),
    textStyle: { color: style.getPropertyValue("--ink").trim(), fontSize: 12 },
  });
  const draw = ({ chart, option }) => {
    const style = getComputedStyle(document.documentElement);
    const ready = resolved(option, style);
    ready.textStyle = { ...ready.textStyle, fontFamily: getComputedStyle(document.body).fontFamily };
    if (ready.tooltip) ready.tooltip = { ...tooltip(style), ...ready.tooltip };
    chart.setOption(ready, true);
  };
  const start = (root) => {
    for (const place of root.querySelectorAll("[data-island=chart]")) {
      if (charts.has(place)) continue;
      const option = JSON.parse(document.getElementById(place.dataset.option).textContent);
      const label = place.getAttribute("aria-label");
      const drawn = { chart: echarts.init(place, null, { renderer: "svg" }), option };
      charts.set(place, drawn);
      draw(drawn);
      if (label) place.setAttribute("aria-label", label); // our own words, not ECharts'
      new ResizeObserver(() => drawn.chart.resize()).observe(place);
    }
    for (const place of charts.keys()) {
      if (place.isConnected) continue;
      charts.get(place).chart.dispose();
      charts.delete(place);
    }
  };
  document.addEventListener("yunce:theme", () => charts.forEach(draw));
  document.addEventListener("htmx:afterSettle", () => start(document));
  start(document);
})();
