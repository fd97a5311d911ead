// grid: a table of inputs one moves in like a spreadsheet.
//   <form data-island="grid" data-pasted="已粘贴 {count} 格"><table>… <input class="cell"> …</table><p data-says></p></form>
// Up and down move always, left and right at the text's edge; Enter goes down, Shift+Enter up; Esc restores.
// A block copied from a spreadsheet (tabs and line breaks) fills the cells right of and below the focused one.
// <button data-theirs="120"> puts the other person's value back into its cell.
(() => {
  const form = document.querySelector("form[data-island=grid]");
  if (!form) return;
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input.cell")]);
  const says = form.querySelector("[data-says]");
  const placeOf = (cell) => {
    const row = rows.findIndex((cells) => cells.includes(cell));
    return [row, rows[row].indexOf(cell)];
  };
  const mark = (cell) => cell.classList.toggle("is-changed", cell.value !== cell.defaultValue);
  const go = (cell, down, right) => {
    let [row, column] = placeOf(cell);
    do { row += down; column += right; } while (rows[row]?.[column]?.disabled);
    const other = rows[row]?.[column];
    if (!other) return false;
    other.focus();
    other.select();
    return true;
  };
  const atEdge = (cell, start) => {
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    return whole || (cell.selectionStart === cell.selectionEnd && cell.selectionStart === (start ? 0 : cell.value.length));
  };
  const steps = {
    ArrowUp: (cell) => go(cell, -1, 0),
    ArrowDown: (cell) => go(cell, 1, 0),
    ArrowLeft: (cell) => atEdge(cell, true) && go(cell, 0, -1),
    ArrowRight: (cell) => atEdge(cell, false) && go(cell, 0, 1),
  };

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("input.cell") || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      go(cell, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === "Escape") {
      cell.value = cell.defaultValue;
      mark(cell);
      cell.select();
    } else if (!event.shiftKey && steps[event.key]?.(cell)) event.preventDefault();
  });

  form.addEventListener("paste", (event) => {
    const cell = event.target;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!cell.matches("input.cell") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [top, left] = placeOf(cell);
    let count = 0;
    text.split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
      const target = rows[top + down]?.[left + right];
      if (!target || target.disabled || !value.trim()) return;
      target.value = value.trim();
      mark(target);
      count += 1;
    }));
    says.textContent = form.dataset.pasted.replace("{count}", count);
  });

  form.addEventListener("input", (event) => { if (event.target.matches("input.cell")) mark(event.target); });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theirs]");
    if (!button) return;
    const cell = button.closest("td").querySelector("input.cell");
    cell.value = button.dataset.theirs;
    mark(cell);
    cell.focus();
  });
})();
