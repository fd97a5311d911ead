// cell: edit a table in place, one cell at a time.
//   <table data-island="cell" data-saved="已保存">
//     <td id="task-7-title" tabindex="0" data-cell data-edit-url="/…/edit/" aria-label="…">text</td>
// The contract: every answer is the whole <td> with the same id, as the FIRST element; a toast may follow.
//   GET  data-edit-url  → the <td> holding a form: <form hx-post="…" hx-target="closest td" hx-swap="outerHTML">
//   POST that form      → 200: the <td> closed · 409/422: the <td> still holding the form, typed text kept
// Enter, F2, a double click or a click on <a data-cell-open href="…"> (a page without script) opens ·
// Enter or Ctrl/⌘+Enter saves (Shift+Enter: new line) · Tab goes to the form's next field,
// from the last one it saves and opens the next cell ·
// Esc restores · leaving the cell saves · arrows move between cells. A failed request leaves the form as it is.
(() => {
  const SAVED_SHOWS = 1600; // milliseconds
  const before = new Map(); // id of an open cell → the closed cell, for Esc
  const next = new Map(); // id of a cell being saved → what to do then: "stay", "leave", or an id to open

  const FIELD = "input:not([type=hidden]), textarea, select";

  const cellOf = (node) => node instanceof Element && node.closest("[data-island=cell] td[data-cell]");
  const isOpen = (cell) => before.has(cell.id) && cell.querySelector("form") !== null;
  const cellsOf = (cell) => [...cell.closest("[data-island=cell]").querySelectorAll("td[data-cell]")];
  const isChanged = (cell) => cell.querySelector(".field-error") !== null
    || [...cell.querySelectorAll(FIELD)].some((field) => field.options
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.checked !== field.defaultChecked || field.value !== field.defaultValue);

  const open = (cell) => {
    if (!cell.dataset.editUrl || isOpen(cell)) return;
    before.set(cell.id, cell.cloneNode(true));
    cell.setAttribute("aria-busy", "true");
    htmx.ajax("GET", cell.dataset.editUrl, { source: cell, target: cell, swap: "outerHTML" });
  };
  const restore = (cell) => {
    const original = before.get(cell.id);
    before.delete(cell.id);
    cell.replaceWith(original);
    htmx.process(original);
    return original;
  };
  const move = (cell, then) => {
    if (then === "leave") return;
    const other = then === "stay" ? null : document.getElementById(then);
    if (other?.dataset.editUrl) open(other); else (other || cell).focus();
  };
  const save = (cell, then) => {
    if (cell.getAttribute("aria-busy") === "true") return;
    if (!isChanged(cell)) return move(restore(cell), then);
    next.set(cell.id, then);
    cell.classList.replace("is-failed", "is-saving") || cell.classList.add("is-saving");
    cell.setAttribute("aria-busy", "true");
    cell.querySelector("form").requestSubmit();
  };

  const opened = (cell) => {
    next.delete(cell.id); // refused values come back open: stay here
    cell.classList.add("is-editing");
    const field = cell.querySelector(FIELD);
    if (document.activeElement === field) return; // somebody quick types already
    field?.focus();
    field?.select?.();
  };
  const closed = (cell) => {
    const then = next.get(cell.id);
    for (const kept of [next, before]) kept.delete(cell.id);
    if (then === undefined) return;
    cell.classList.add("is-saved");
    setTimeout(() => cell.classList.remove("is-saved"), SAVED_SHOWS);
    announce(cell);
    move(cell, then);
  };
  const announce = (cell) => {
    const table = cell.closest("[data-island=cell]");
    if (!table.dataset.saved) return;
    let says = table.nextElementSibling;
    if (!says?.matches("[data-cell-says]")) {
      table.insertAdjacentHTML("afterend", '<p class="vh" role="status" data-cell-says></p>');
      says = table.nextElementSibling;
    }
    says.textContent = "";
    requestAnimationFrame(() => { says.textContent = table.dataset.saved; });
  };

  const settle = (event) => {
    const cell = cellOf(event.target);
    if (!cell || cell !== event.target) return;
    (cell.querySelector("form") ? opened : closed)(cell);
  };
  const failed = (event) => {
    const cell = cellOf(event.detail.elt) || cellOf(event.target);
    if (!cell) return;
    next.delete(cell.id);
    cell.removeAttribute("aria-busy");
    cell.classList.remove("is-saving");
    if (!cell.querySelector("form")) return before.delete(cell.id);
    cell.classList.add("is-failed");
    cell.querySelector(FIELD)?.focus();
  };
  document.addEventListener("htmx:afterSettle", settle);
  for (const name of ["responseError", "sendError", "timeout"]) document.addEventListener(`htmx:${name}`, failed);

  const beside = (cell, key) => {
    const cells = cellsOf(cell);
    const index = cells.indexOf(cell);
    if (key === "ArrowLeft") return cells[index - 1];
    if (key === "ArrowRight") return cells[index + 1];
    const { left, width, top } = cell.getBoundingClientRect();
    const middle = left + width / 2;
    const column = cells.filter((other) => {
      const box = other.getBoundingClientRect();
      return box.left <= middle && middle <= box.right && (key === "ArrowUp" ? box.top < top - 1 : box.top > top + 1);
    });
    return key === "ArrowUp" ? column.pop() : column[0];
  };

  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    const isCommand = (event.ctrlKey || event.metaKey) && event.key !== "Enter";
    if (!cell || event.isComposing || isCommand || event.altKey) return;
    const act = (what) => { event.preventDefault(); event.stopPropagation(); what(); };
    if (isOpen(cell)) {
      if (event.key === "Escape") act(() => restore(cell).focus());
      else if (event.key === "Enter" && !event.shiftKey && !event.target.closest("button, a")) act(() => save(cell, "stay"));
      else if (event.key === "Tab") {
        const fields = [...cell.querySelectorAll(FIELD)];
        const at = fields.indexOf(event.target);
        const inside = at < 0 ? undefined : fields[at + (event.shiftKey ? -1 : 1)];
        if (inside) return act(() => inside.focus());
        const cells = cellsOf(cell);
        const other = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
        act(() => save(cell, other ? other.id : "stay"));
      }
    } else if (event.target === cell) {
      if ((event.key === "Enter" || event.key === "F2") && !event.shiftKey) act(() => open(cell));
      else if (event.key.startsWith("Arrow")) {
        const other = beside(cell, event.key);
        if (other) act(() => other.focus());
      }
    }
  });
  document.addEventListener("dblclick", (event) => {
    const cell = cellOf(event.target);
    if (cell && !isOpen(cell) && !event.target.closest("a, button, summary")) open(cell);
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-cell-open]") && cellOf(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(cell);
  });
  document.addEventListener("focusout", (event) => {
    const cell = cellOf(event.target);
    if (!cell || !isOpen(cell)) return;
    setTimeout(() => {
      if (!cell.isConnected || !document.hasFocus() || cell.contains(document.activeElement)) return;
      if (cell.getAttribute("aria-busy") !== "true" && !cell.classList.contains("is-failed")) save(cell, "leave");
    }, 0);
  });
})();
