// board: move cards between the columns of the task board; tick all lines of the list.
//   <div id="board" data-island="board" data-query data-lifted="…「%s」" data-dropped data-back>
//     <section data-column="doing" data-name="进行中"><li id="card-7" tabindex="0" data-card="7" data-state data-move>
//   <input type="checkbox" data-all> ticks every input[form=bulk] of the list.
// Needs drag.js. Drag a card (a finger rests on it first), or focus it: M lifts, ← → choose a column, Enter drops, Esc puts it back. Every answer is #board again.
(() => {
  const isTyping = (target) => target.isContentEditable || target.closest("input, textarea, select");
  let lifted = null; // {card, column}
  let focusAfter = "";

  const board = () => document.getElementById("board");
  const columns = () => [...board().querySelectorAll("[data-column]")];
  const say = (words, column) => {
    document.getElementById("board-says").textContent = words.replace("%s", column ? column.dataset.name : "");
  };
  const mark = (column) => columns().forEach((each) => each.classList.toggle("is-over", each === column));
  const drop = (card, column) => {
    mark(null);
    if (!column || column.dataset.column === card.dataset.state) return;
    focusAfter = card.id;
    say(board().dataset.dropped, column);
    htmx.ajax("POST", card.dataset.move, {
      source: card,
      target: "#board",
      swap: "outerHTML",
      values: { state: column.dataset.column, seen: card.dataset.state, on: "board", query: board().dataset.query },
    });
  };
  const letGo = () => {
    lifted?.card.classList.remove("is-lifted");
    lifted = null;
    mark(null);
  };

  yunceDrag("[data-card]", {
    ghost: true,
    move: (drag) => mark(drag.zone("[data-column]")),
    drop: (drag) => drop(drag.item, drag.zone("[data-column]")),
    cancel: () => mark(null),
  });

  document.addEventListener("keydown", (event) => {
    if (!board() || event.isComposing || isTyping(event.target)) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const card = event.target.closest("[data-card]");
    if (!lifted) {
      if (!card || event.target !== card || event.key.toLowerCase() !== "m") return;
      lifted = { card, column: card.closest("[data-column]") };
      card.classList.add("is-lifted");
      mark(lifted.column);
      say(board().dataset.lifted, lifted.column);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const all = columns();
      const at = all.indexOf(lifted.column) + (event.key === "ArrowRight" ? 1 : -1);
      lifted.column = all[Math.min(Math.max(at, 0), all.length - 1)];
      mark(lifted.column);
      say("%s", lifted.column);
    } else if (event.key === "Enter") {
      const { card: held, column } = lifted;
      letGo();
      drop(held, column);
    } else if (event.key === "Escape") {
      letGo();
      say(board().dataset.back);
    } else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => { if (lifted && event.target === lifted.card) letGo(); });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-all]")) return;
    document.querySelectorAll("input[type=checkbox][form=bulk]").forEach((each) => { each.checked = event.target.checked; });
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!focusAfter) return;
    document.getElementById(focusAfter)?.focus();
    focusAfter = "";
  });
})();
