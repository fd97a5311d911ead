// block: the plan table takes blocks as a spreadsheet does.
//   <table data-island="cell" data-paste="/…/paste/" data-fill="/…/fill/" data-stamp="123">
// A block pasted on a closed cell goes from that cell on, to the right and down, in one request.
// Shift+↑↓ chooses cells of one column, Ctrl/⌘+D fills the top one down (one cell: from the cell above).
// A single value pasted is a block of one cell. Every answer is the table again; a toast undoes it.
(() => {
  let chosen = []; // cells of one column, top first

  const tableOf = (node) => node.closest?.("table[data-paste]");
  const cellAt = (event) => {
    const cell = event.target.closest?.("td[data-cell]");
    return cell && tableOf(cell) && !cell.querySelector("form") ? cell : null;
  };
  const fieldOf = (cell) => cell.id.split("-").pop();
  const taskOf = (cell) => cell.id.split("-")[1];
  const column = (cell) => [...tableOf(cell).querySelectorAll(`td[data-cell][id^="task-"][id$="-${fieldOf(cell)}"]`)];
  const show = (cells) => {
    document.querySelectorAll("td.is-chosen").forEach((cell) => cell.classList.remove("is-chosen"));
    cells.forEach((cell) => cell.classList.add("is-chosen"));
    chosen = cells;
  };
  const send = (table, address, values) => {
    show([]);
    htmx.ajax("POST", address, { source: table, target: "#plan-table", swap: "outerHTML", values });
  };

  document.addEventListener("paste", (event) => {
    const cell = cellAt(event);
    const text = event.clipboardData?.getData("text/plain");
    if (!cell || !text) return;
    event.preventDefault();
    const table = tableOf(cell);
    send(table, table.dataset.paste, { at: cell.id, text, stamp: table.dataset.stamp });
  });
  document.addEventListener("keydown", (event) => {
    const cell = cellAt(event);
    if (!cell || event.isComposing || event.altKey) return;
    const cells = column(cell);
    const at = cells.indexOf(cell);
    if (event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp") && at >= 0) {
      const to = cells[at + (event.key === "ArrowDown" ? 1 : -1)];
      event.preventDefault();
      event.stopPropagation();
      if (!to) return;
      const anchor = chosen.length && chosen.includes(cell) ? (chosen[0] === cell ? chosen[chosen.length - 1] : chosen[0]) : cell;
      const ends = [cells.indexOf(anchor), cells.indexOf(to)].sort((one, other) => one - other);
      show(cells.slice(ends[0], ends[1] + 1));
      to.focus();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d" && at >= 0) {
      event.preventDefault();
      const range = chosen.length > 1 ? chosen : cells.slice(Math.max(at - 1, 0), at + 1);
      if (range.length < 2) return;
      const table = tableOf(cell);
      send(table, table.dataset.fill, { at: range[0].id, to: range.slice(1).map(taskOf).join(",") });
    } else if (!event.shiftKey && !event.ctrlKey && !event.metaKey && chosen.length) show([]);
  }, true);
})();
