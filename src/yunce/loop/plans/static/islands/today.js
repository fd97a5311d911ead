// today: move tasks between the quadrants, and the keys of the 今日 page.
//   <div id="today" data-island="today" data-day="2025-05-21" data-moved="…「%s」">
//     <section data-corner="do" data-name="立即做"><li id="tk-7" tabindex="0" data-task="7" data-move="/…/quadrant/">
// Needs drag.js. Drag a card into a quadrant (a finger rests on it first), or focus it and press 1–4 · [ and ] previous and next day · N jots something down.
// Single keys rest while typing. Every answer is #today again; focus goes back to the card that was moved.
(() => {
  const isTyping = (target) => target.isContentEditable || target.closest("input, textarea, select");
  const page = () => document.getElementById("today");
  let focusAfter = "";

  const say = (words) => {
    const says = document.getElementById("today-says");
    if (says) says.textContent = words;
  };
  const move = (card, corner) => {
    if (!corner || card.closest("[data-corner]") === corner) return;
    focusAfter = card.id;
    say(page().dataset.moved.replace("%s", corner.dataset.name));
    htmx.ajax("POST", card.dataset.move, {
      source: card,
      target: "#today",
      swap: "outerHTML",
      values: { day: page().dataset.day, value: corner.dataset.corner },
    });
  };

  const mark = (corner) => {
    document.querySelectorAll("[data-corner]").forEach((each) => each.classList.toggle("is-over", each === corner));
  };
  yunceDrag("[data-task]", {
    ghost: true,
    move: (drag) => mark(drag.zone("[data-corner]")),
    drop: (drag) => {
      mark(null);
      move(drag.item, drag.zone("[data-corner]"));
    },
    cancel: () => mark(null),
  });

  document.addEventListener("keydown", (event) => {
    if (!page() || event.isComposing || event.defaultPrevented || isTyping(event.target)) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const card = event.target.closest("[data-task]");
    const corner = /^[1-4]$/.test(event.key) && page().querySelectorAll("[data-corner]")[event.key - 1];
    const day = { "[": "previous", "]": "next" }[event.key];
    if (card && corner) move(card, corner);
    else if (day) document.querySelector(`a[data-day=${day}]`)?.click();
    else if (event.key.toLowerCase() === "n") document.getElementById("jot-title")?.focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-jot]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.jot) document.getElementById("jot-corner").value = link.dataset.jot;
    document.getElementById("jot-title")?.focus();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!focusAfter) return;
    document.getElementById(focusAfter)?.focus();
    focusAfter = "";
  });
})();
