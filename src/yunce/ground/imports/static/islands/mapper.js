// mapper: meanings dragged from the palette onto a column; the lists beside do the same by keyboard.
//   <form data-island="mapper"> <td data-drop><select>…</select></td>
//     <div data-palette hidden><span draggable="true" data-value="metric:likes">…</span></div></form>
// A drop chooses the list's option and fires its change; a meaning used elsewhere is taken from there.
(() => {
  for (const form of document.querySelectorAll("form[data-island=mapper]")) {
    const palette = form.querySelector("[data-palette]");
    const lists = () => [...form.querySelectorAll("[data-drop] select")];
    const paint = () => {
      const used = new Set(lists().map((list) => list.value));
      for (const chip of palette.querySelectorAll("[data-value]"))
        chip.classList.toggle("is-used", used.has(chip.dataset.value));
    };
    palette.hidden = false;
    palette.addEventListener("dragstart", (event) => {
      const chip = event.target.closest("[data-value]");
      if (!chip) return;
      event.dataTransfer.setData("application/x-meaning", chip.dataset.value);
      event.dataTransfer.effectAllowed = "copy";
      form.classList.add("is-dragging");
    });
    palette.addEventListener("dragend", () => form.classList.remove("is-dragging"));
    form.addEventListener("dragover", (event) => {
      const row = event.target.closest("tr:has([data-drop])");
      if (!row || ![...event.dataTransfer.types].includes("application/x-meaning")) return;
      event.preventDefault();
      for (const other of form.querySelectorAll("tr.is-over")) other.classList.toggle("is-over", other === row);
      row.classList.add("is-over");
    });
    form.addEventListener("drop", (event) => {
      const row = event.target.closest("tr:has([data-drop])");
      const value = event.dataTransfer.getData("application/x-meaning");
      form.classList.remove("is-dragging");
      form.querySelectorAll("tr.is-over").forEach((other) => other.classList.remove("is-over"));
      if (!row || !value) return;
      event.preventDefault();
      const list = row.querySelector("[data-drop] select");
      for (const other of lists()) if (other !== list && other.value === value) other.value = "ignore";
      list.value = value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      list.focus();
    });
    form.addEventListener("change", paint);
    paint();
  }
})();
