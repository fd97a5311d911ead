// order: drag the children of a list into another order; Alt+arrow moves the focused one.
//   <nav data-island="order" data-url="/…/order/"><a data-number="7" …> … </nav>
// Needs drag.js; a finger rests on an item before it drags. Dropping posts order=7,9,8 to data-url; the answer says where it belongs (HX-Retarget).
(() => {
  const listOf = (node) => node instanceof Element && node.closest("[data-island=order]");
  const itemOf = (node) => (listOf(node) ? node.closest("[data-number]") : null);

  const save = (list) => {
    htmx.ajax("POST", list.dataset.url, { source: list, target: list, swap: "none", values: { order: orderOf(list) } });
  };

  // The others step aside; what is carried is never taken out of the page, which would end a finger's drag.
  const makeRoom = (item, over) => {
    const isAfter = item.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    while (isAfter && item.previousElementSibling !== over) item.before(item.nextElementSibling);
    while (!isAfter && item.nextElementSibling !== over) item.after(item.previousElementSibling);
  };
  let before = "";
  const orderOf = (list) => [...list.querySelectorAll("[data-number]")].map((item) => item.dataset.number).join(",");
  yunceDrag("[data-island=order] [data-number]", {
    start: ({ item }) => { before = orderOf(listOf(item)); },
    move: ({ item, zone }) => {
      const over = zone("[data-number]");
      if (over && over !== item && listOf(over) === listOf(item)) makeRoom(item, over);
    },
    drop: ({ item }) => { if (orderOf(listOf(item)) !== before) save(listOf(item)); },
    cancel: ({ item }) => {
      const list = listOf(item);
      const found = new Map([...list.querySelectorAll("[data-number]")].map((each) => [each.dataset.number, each]));
      for (const number of before.split(",")) list.append(found.get(number));
    },
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
