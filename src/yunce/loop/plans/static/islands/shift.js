// shift: move dated things by dragging (drag.js) or with the arrow keys; the server writes and answers the piece again.
//   <div data-island="shift" data-on="gantt" data-moved="移动" data-grown="加长" data-day-word="天">
//     <a id="bar-7" href="…" data-shift="/…/move/" data-seen="5/12–5/16" [data-node="2025-05-10"] [data-grows]>
//   on "gantt" a bar lies in a .g-t row of as many columns as the month has days (its right edge, with
//   data-grows, makes it longer); on "days" a chip lies in a <td data-day="2025-05-12">.
// Keys on a focused bar: ←/→ a day, on "days" also ↑/↓ a week, Shift+←/→ longer or shorter; a moment after
// the last key (or at Enter) it is saved; Esc takes it back. Without script the link opens the days' form.
(() => {
  const WAIT = 700; // milliseconds after the last key
  const EDGE = 9; // pixels of a bar's right edge that make it longer
  let keys = null; // { item, by, grow, timer } while arrow keys are pressed

  const itemOf = (node) => node instanceof Element && node.closest("[data-island=shift] [data-shift]");
  const islandOf = (item) => item.closest("[data-island=shift]");
  const isGantt = (item) => islandOf(item).dataset.on === "gantt";
  const dayWidth = (item) => {
    const track = item.closest(".g-t");
    return track.getBoundingClientRect().width / getComputedStyle(track).gridTemplateColumns.split(" ").length;
  };
  const show = (item, by, grow) => {
    item.classList.toggle("is-moving", Boolean(by || grow));
    if (!isGantt(item)) return;
    const width = dayWidth(item);
    item.style.transform = by ? `translateX(${by * width}px)` : "";
    item.style.marginRight = grow ? `${-grow * width}px` : "";
  };
  const say = (item, by, grow) => {
    const island = islandOf(item);
    const place = island.closest("section").querySelector("[data-shift-says]");
    const word = grow ? island.dataset.grown : island.dataset.moved;
    const days = grow || by;
    place.textContent = `${word} ${days > 0 ? "+" : ""}${days} ${island.dataset.dayWord}`;
  };
  const send = (item, by, grow) => {
    if (!by && !grow) return show(item, 0, 0);
    const values = { on: islandOf(item).dataset.on, by, grow, seen: item.dataset.seen };
    if (item.dataset.node) values.node = item.dataset.node;
    item.setAttribute("aria-busy", "true");
    const target = item.closest("section");
    htmx.ajax("POST", item.dataset.shift, { source: item, target, swap: "outerHTML", values })
      .then(() => document.getElementById(item.id)?.focus());
  };

  // keys
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const settle = () => {
    if (!keys) return;
    const { item, by, grow, timer } = keys;
    clearTimeout(timer);
    keys = null;
    send(item, by, grow);
  };
  document.addEventListener("keydown", (event) => {
    const item = itemOf(event.target);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys && event.key === "Escape") {
      clearTimeout(keys.timer);
      show(item, 0, 0);
      keys = null;
      return event.stopPropagation();
    }
    if (keys && event.key === "Enter") {
      event.preventDefault();
      return settle();
    }
    const step = STEPS[event.key];
    if (!step || (isGantt(item) && Math.abs(step) > 1)) return;
    if (event.shiftKey && !("grows" in item.dataset)) return;
    event.preventDefault();
    event.stopPropagation();
    if (keys && keys.item !== item) settle();
    keys ||= { item, by: 0, grow: 0 };
    keys[event.shiftKey ? "grow" : "by"] += step;
    show(item, keys.by, keys.grow);
    say(item, keys.by, keys.grow);
    clearTimeout(keys.timer);
    keys.timer = setTimeout(settle, WAIT);
  });
  document.addEventListener("focusout", (event) => {
    if (keys && itemOf(event.target) === keys.item) settle();
  });

  // pointer
  const growing = ({ item, first }) =>
    "grows" in item.dataset && isGantt(item) && item.getBoundingClientRect().right - first.clientX <= EDGE;
  let drag = null; // { grow, step, over } while something is carried
  yunceDrag("[data-island=shift] [data-shift]", {
    start: (held) => { drag = { grow: growing(held), step: 0, over: null }; },
    move: (held) => {
      const { item, dx, zone } = held;
      if (isGantt(item)) {
        drag.step = Math.round(dx / dayWidth(item));
        show(item, drag.grow ? 0 : drag.step, drag.grow ? drag.step : 0);
        return;
      }
      drag.over?.classList.remove("is-over");
      drag.over = zone("td[data-day]");
      drag.over?.classList.add("is-over");
      const from = item.closest("td[data-day]").dataset.day;
      drag.step = drag.over ? Math.round((Date.parse(drag.over.dataset.day) - Date.parse(from)) / 86400000) : 0;
      item.classList.add("is-moving");
    },
    drop: ({ item }) => {
      drag.over?.classList.remove("is-over");
      send(item, drag.grow ? 0 : drag.step, drag.grow ? drag.step : 0);
    },
    cancel: ({ item }) => {
      drag.over?.classList.remove("is-over");
      show(item, 0, 0);
    },
  });
})();
