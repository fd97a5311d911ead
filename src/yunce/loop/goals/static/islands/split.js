// split: drag a part of a sum; while dragging, the neighbours' numbers show what they would become.
//   <div data-island="split"> … <input type="range" data-target="amount-7"> … <input data-keep type="checkbox">
// A range moves with the mouse, a finger and the arrow keys; letting go saves (hx-trigger="change").
// [data-keep] sets the typed fields' hidden keep=1, so that typing splits anew as dragging does.
(() => {
  const holder = (node) => node.closest("[data-island=split]");
  const beside = (range) => [...range.closest("ul").querySelectorAll(":scope > li > form[data-split] > input[type=range]")];

  const preview = (range) => {
    const others = beside(range).filter((one) => one !== range);
    const whole = Number(range.max);
    const before = others.reduce((sum, one) => sum + Number(one.defaultValue), 0);
    const left = whole - Number(range.value);
    const digits = (String(range.step).split(".")[1] || "").replace(/0+$/, "").length;
    const scale = range.dataset.percent === "1" ? 100 : 1;
    const write = (one, value) => {
      one.value = String(value);
      const typed = document.getElementById(one.dataset.target);
      if (typed) typed.value = (value * scale).toLocaleString("en-US", { maximumFractionDigits: digits }) + (scale === 100 ? "%" : "");
    };
    write(range, Number(range.value));
    for (const one of others) write(one, before ? left * Number(one.defaultValue) / before : left / others.length);
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-island=split] input[type=range]")) preview(event.target);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keep]")) return;
    for (const field of holder(event.target).querySelectorAll(".amount-f [name=keep]")) field.value = event.target.checked ? "1" : "0";
  });
})();
