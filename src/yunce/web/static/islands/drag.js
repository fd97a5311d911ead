// drag: carry things about with a mouse, a pen or a finger; other islands say what may go where.
//   yunceDrag("[data-card]", { move(drag) {}, drop(drag) {}, cancel(drag) {}, start(drag) {}, ghost: true })
//   drag = { item, event, first, dx, dy, zone(selector) }: what is carried, where the pointer is, what lies under it.
// A mouse or pen drags after 4 pixels; a finger after resting 300 ms on the thing, so that a swipe still scrolls the
// page. Esc puts it back. With `ghost` a copy follows the pointer. Near an edge the page scrolls along.
// Buttons and fields inside a thing keep their own taps. The click that ends a drag opens nothing.
(() => {
  const START = 4; // pixels a mouse moves before it drags
  const REST = 300; // milliseconds a finger rests before it drags
  const SLIP = 10; // pixels a resting finger may tremble
  const EDGE = 70; // pixels from the window's edge where it scrolls along
  const kinds = [];
  let held = null; // { kind, item, first, event, timer } while something is pressed
  let isDragging = false;
  let swallow = false; // the click after a drag

  window.yunceDrag = (selector, does) => kinds.push({ selector, ...does });

  const view = () => ({
    item: held.item,
    first: held.first,
    event: held.event,
    dx: held.event.clientX - held.first.clientX,
    dy: held.event.clientY - held.first.clientY,
    zone: (selector) => document.elementFromPoint(held.event.clientX, held.event.clientY)?.closest(selector) || null,
  });
  const makeGhost = () => {
    const box = held.item.getBoundingClientRect();
    const ghost = held.item.cloneNode(true);
    ghost.removeAttribute("id");
    ghost.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    ghost.classList.add("drag-ghost");
    ghost.setAttribute("aria-hidden", "true");
    Object.assign(ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
    document.body.append(ghost);
    return ghost;
  };
  const lift = () => {
    isDragging = true;
    if (held.kind.ghost) held.ghost = makeGhost();
    held.item.classList.add("is-dragged");
    document.documentElement.classList.add("is-dragging");
    held.kind.start?.(view());
    scrollAlong();
  };
  const scrollAlong = () => {
    if (!isDragging) return;
    const { clientY } = held.event;
    const by = clientY < EDGE ? -10 : clientY > innerHeight - EDGE ? 10 : 0;
    if (by) window.scrollBy(0, by);
    requestAnimationFrame(scrollAlong);
  };
  const end = (does) => {
    if (!held) return;
    clearTimeout(held.timer);
    const was = isDragging;
    const last = view();
    held.ghost?.remove();
    held.item.classList.remove("is-dragged");
    document.documentElement.classList.remove("is-dragging");
    const { kind } = held;
    isDragging = false;
    if (was) kind[does]?.(last);
    held = null;
    swallow = was;
    if (was) setTimeout(() => { swallow = false; }, 400);
  };

  document.addEventListener("pointerdown", (event) => {
    if (held || event.button !== 0 || !(event.target instanceof Element)) return;
    if (event.target.closest("button, input, select, textarea, summary, label, dialog")) return;
    for (const kind of kinds) {
      const item = event.target.closest(kind.selector);
      if (!item) continue;
      const isFinger = event.pointerType === "touch";
      held = { kind, item, isFinger, first: event, event, timer: isFinger ? setTimeout(lift, REST) : 0 };
      return;
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.first.pointerId) return;
    held.event = event;
    const { dx, dy } = view();
    const far = Math.hypot(dx, dy);
    if (!isDragging) {
      if (held.isFinger && far > SLIP) end("cancel"); // a swipe
      else if (!held.isFinger && far >= START) lift();
      if (!isDragging) return;
    }
    event.preventDefault();
    if (held.ghost) held.ghost.style.transform = `translate(${dx}px, ${dy}px)`;
    held.kind.move?.(view());
  });
  document.addEventListener("pointerup", () => end("drop"));
  document.addEventListener("pointercancel", () => end("cancel"));
  // A finger that carries something does not scroll; a long press opens no menu; nothing is dragged natively.
  document.addEventListener("touchmove", (event) => { if (isDragging) event.preventDefault(); }, { passive: false });
  document.addEventListener("contextmenu", (event) => { if (held?.isFinger) event.preventDefault(); });
  document.addEventListener("dragstart", (event) => {
    if (kinds.some((kind) => event.target.closest?.(kind.selector))) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!isDragging || event.key !== "Escape") return;
    event.stopPropagation();
    end("cancel");
  }, true);
  document.addEventListener("click", (event) => {
    if (!swallow) return;
    swallow = false;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
