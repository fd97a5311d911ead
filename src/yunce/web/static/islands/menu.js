// menu: a native <details> that closes on Esc (focus returns to its summary) and on a click outside.
//   <details data-island="menu"><summary>…</summary>…</details>
// A table of many rows fetches a row's menu when it is asked for: the link's page, as a fragment, is
// such a <details>, open, and takes the link's place.
//   <a data-menu href="/…/menu/" aria-haspopup="true" aria-label="…">
(() => {
  const open = () => document.querySelectorAll("details[data-island=menu][open]");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-menu]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      htmx.ajax("GET", link.href, { source: link, target: link, swap: "outerHTML" });
    }
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
