// grid: a table of inputs one moves in like a spreadsheet.
//   <form data-island="grid" data-pasted="已粘贴 {count} 格" data-filled data-undone data-redone data-too-big data-ragged>
//     <table>… <input class="cell" title="where its number comes from"> …</table><p data-says></p></form>
// Arrows and Enter move (sideways at the text's edge); Esc restores; Shift+arrows or Shift+click pick a block, which
// Ctrl+D fills down, Delete empties, Ctrl+C copies. A pasted block fits whole or is refused in a sentence.
// Ctrl+Z and Ctrl+Y undo and redo what is not saved yet. <button data-theirs="120"> puts the other's value back.
(() => {
  const form = document.querySelector("form[data-island=grid]");
  if (!form) return;
  const rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input.cell")]);
  const says = form.querySelector("[data-says]");
  const done = [], undone = [];
  let anchor = null, before = "";
  const isCell = (thing) => thing instanceof Element && thing.matches("input.cell");
  const placeOf = (cell) => {
    const row = rows.findIndex((cells) => cells.includes(cell));
    return [row, rows[row].indexOf(cell)];
  };
  const say = (key, values) => {
    says.textContent = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), form.dataset[key]);
  };
  const put = (cell, value) => {
    cell.value = value;
    cell.classList.toggle("is-changed", cell.value !== cell.defaultValue);
  };
  const remember = (steps) => {
    const real = steps.filter(([cell, from, to]) => !cell.disabled && from !== to);
    if (real.length) undone.length = 0, done.push(real);
    return real.length;
  };
  const change = (steps) => {
    for (const [cell, , to] of steps) if (!cell.disabled) put(cell, to);
    if (isCell(document.activeElement)) before = document.activeElement.value;
    return remember(steps);
  };
  // A cell's typing is one step, taken when one leaves it or does something else.
  const settle = (cell) => { if (cell.value !== before) remember([[cell, before, cell.value]]); before = cell.value; };
  const step = (from, to, side, key) => {
    if (isCell(document.activeElement)) settle(document.activeElement);
    const steps = from.pop() || [];
    if (!steps.length) return;
    for (const each of steps) put(each[0], each[side]);
    to.push(steps);
    before = document.activeElement.value; // what undoing put there is not typing
    steps[0][0].focus();
    say(key, { count: steps.length });
  };
  const block = () => {
    if (!anchor || !isCell(document.activeElement)) return [];
    const [a, b] = [placeOf(anchor), placeOf(document.activeElement)];
    const [low, high] = [Math.min, Math.max].map((end) => [end(a[0], b[0]), end(a[1], b[1])]);
    return rows.slice(low[0], high[0] + 1).map((cells) => cells.slice(low[1], high[1] + 1));
  };
  const pick = () => {
    for (const cell of form.querySelectorAll(".is-picked")) cell.classList.remove("is-picked");
    const picked = block();
    if (picked.flat().length > 1) picked.flat().forEach((cell) => cell.classList.add("is-picked"));
  };
  const go = (cell, down, right, extends_) => {
    let [row, column] = placeOf(cell);
    do { row += down; column += right; } while (!extends_ && rows[row]?.[column]?.disabled);
    const other = rows[row]?.[column];
    if (!other || other.disabled) return false;
    anchor = extends_ ? anchor || cell : null;
    other.focus();
    other.select();
    pick();
    return true;
  };
  const atEdge = (cell, start) => {
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    return whole || (cell.selectionStart === cell.selectionEnd && cell.selectionStart === (start ? 0 : cell.value.length));
  };
  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const fill = (cell) => {
    settle(cell);
    const [row, column] = placeOf(cell), own = block();
    const picked = own.length > 1 || !row ? own : [[rows[row - 1][column]], [cell]];
    const steps = picked.slice(1).flatMap((cells) => cells.map((each, n) => [each, each.value, picked[0][n].value]));
    say("filled", { count: change(steps) });
  };
  const shortcuts = { z: () => step(done, undone, 1, "undone"), y: () => step(undone, done, 2, "redone"), d: fill };

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!isCell(cell) || event.isComposing || event.altKey) return;
    const arrow = arrows[event.key], key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      const name = key === "z" && event.shiftKey ? "y" : key;
      if (!shortcuts[name]) return;
      event.preventDefault();
      shortcuts[name](cell);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(cell, event.shiftKey ? -1 : 1, 0);
    } else if (event.key === "Escape") {
      put(cell, cell.defaultValue);
      settle(cell);
      cell.select();
    } else if ((event.key === "Delete" || event.key === "Backspace") && block().flat().length > 1) {
      event.preventDefault();
      settle(cell);
      change(block().flat().map((each) => [each, each.value, ""]));
    } else if (arrow) {
      const inText = arrow[1] && !atEdge(cell, arrow[1] < 0);
      if (!inText && go(cell, ...arrow, event.shiftKey)) event.preventDefault();
    }
  });

  form.addEventListener("paste", (event) => {
    const cell = event.target;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!isCell(cell) || !/[\t\n]/.test(text)) return;
    event.preventDefault(), settle(cell);
    const lines = text.split("\n").map((line) => line.split("\t")), [top, left] = placeOf(cell);
    const odd = lines.findIndex((line) => line.length !== lines[0].length);
    if (odd > 0) return say("ragged", { row: odd + 1, columns: lines[odd].length });
    const fit = [rows.slice(top).filter((cells) => !cells[left].disabled).length, rows[top].length - left];
    if (lines.length > fit[0] || lines[0].length > fit[1])
      return say("tooBig", { rows: lines.length, columns: lines[0].length, fit_rows: fit[0], fit_columns: fit[1] });
    const steps = lines.flatMap((line, down) => line.map((value, right) => [rows[top + down][left + right], value.trim()]));
    say("pasted", { count: change(steps.filter(([, to]) => to).map(([target, to]) => [target, target.value, to])) });
  });
  form.addEventListener("copy", (event) => {
    const picked = block();
    if (picked.flat().length < 2) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", picked.map((cells) => cells.map((each) => each.value).join("\t")).join("\n"));
  });
  form.addEventListener("focusin", (event) => {
    if (!isCell(event.target)) return;
    before = event.target.value;
    says.textContent = event.target.title;
  });
  form.addEventListener("focusout", (event) => isCell(event.target) && settle(event.target));
  form.addEventListener("mousedown", (event) => {
    if (!isCell(event.target)) return;
    const from = document.activeElement;
    anchor = event.shiftKey && isCell(from) ? anchor || from : null;
    setTimeout(pick);
  });
  form.addEventListener("input", (event) => isCell(event.target) && put(event.target, event.target.value));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theirs]");
    if (!button) return;
    const cell = button.closest("td").querySelector("input.cell");
    cell.focus();
    change([[cell, cell.value, button.dataset.theirs]]);
  });
})();
