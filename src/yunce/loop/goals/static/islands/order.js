// order: drag the children of a list into another order; Alt+arrow moves the focused one.
//   <nav data-island="order" data-url="/…/order/"><a data-number="7" …> … </nav>
// Dropping posts order=7,9,8 to data-url; the answer says where it belongs (HX-Retarget).
(() => {
  let dragged = null;
  const listOf = (node) => node instanceof Element && node.closest("[data-island=order]");
  const itemOf = (node) => (listOf(node) ? node.closest("[data-number]") : null);

  const save = (list) => {
    const numbers = [...list.querySelectorAll("[data-number]")].map((item) => item.dataset.number);
    htmx.ajax("POST", list.dataset.url, { source: list, target: list, swap: "none", values: { order: numbers.join(",") } });
  };

  document.addEventListener("dragstart", (event) => {
    dragged = itemOf(event.target);
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const over = itemOf(event.target);
    if (!dragged || !over || listOf(over) !== listOf(dragged)) return;
    event.preventDefault();
    if (over === dragged) return;
    const isAfter = dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    over[isAfter ? "after" : "before"](dragged);
  });
  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    save(listOf(dragged));
    dragged = null;
  });
  document.addEventListener("keydown", (event) => {
    const item = itemOf(event.target);
    if (!item || !event.altKey || !["ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const isBack = event.key === "ArrowUp" || event.key === "ArrowLeft";
    const beside = isBack ? item.previousElementSibling : item.nextElementSibling;
    if (!beside) return;
    beside[isBack ? "before" : "after"](item);
    item.focus();
    save(listOf(item));
  }, true);
})();
