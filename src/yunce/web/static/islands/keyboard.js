// keyboard: the shell's keys. Off while typing and during IME composition.
//   <body data-island="keyboard" data-key-m="/…" data-key-p="/…">   G then M, P … goes there
//   <a data-month="previous">, <a data-month="next">                Alt+← and Alt+→ follow them
(() => {
  const WAIT = 1500; // milliseconds between G and the second key
  let leaderAt = -Infinity;
  const isTyping = (target) => target.isContentEditable || target.closest("input, textarea, select");

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || isTyping(event.target)) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const where = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
      const link = where && document.querySelector(`a[data-month=${where}]`);
      if (!link) return;
      event.preventDefault();
      link.click();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "g") {
      leaderAt = event.timeStamp;
      return;
    }
    const address = document.body.getAttribute(`data-key-${CSS.escape(key)}`);
    if (address && event.timeStamp - leaderAt < WAIT) location.assign(address);
    leaderAt = -Infinity;
  });
})();
