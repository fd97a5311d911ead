// toast: what was just done, for 8 seconds; Z undoes the newest one (not while typing).
//   <div id="toasts" data-island="toast" role="status" data-refused data-gone data-failed data-offline data-sign-in>
//     <div class="toast-y" data-toast>… <form data-undo>…</form></div>
// Toasts arrive with the page or by htmx (hx-swap-oob="beforeend:#toasts"); focus is never taken.
// A refused or failed htmx request becomes a toast too; the page keeps what was typed.
(() => {
  const place = document.getElementById("toasts");
  if (!place) return;
  const STAYS = 8000;
  const timers = new WeakMap();

  const leaveLater = (toast) => timers.set(toast, setTimeout(() => toast.remove(), STAYS));
  const mind = (toast) => {
    leaveLater(toast);
    const stay = () => clearTimeout(timers.get(toast));
    const go = () => { stay(); leaveLater(toast); };
    toast.addEventListener("mouseenter", stay);
    toast.addEventListener("mouseleave", go);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("focusout", go);
    toast.addEventListener("submit", () => { toast.hidden = true; });
    toast.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) toast.remove(); else toast.hidden = false;
    });
  };
  const say = (words) => {
    const toast = document.createElement("div");
    toast.className = "toast-y is-bad";
    toast.dataset.toast = "";
    const icon = document.createElement("i");
    icon.className = "ti ti-alert-circle";
    icon.setAttribute("aria-hidden", "true");
    const text = document.createElement("span");
    text.textContent = words;
    toast.append(icon, text);
    place.append(toast);
  };

  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.nodeType === 1 && node.matches("[data-toast]")) mind(node);
  }).observe(place, { childList: true });
  place.querySelectorAll("[data-toast]").forEach(mind);

  const isTyping = (target) => target.isContentEditable || target.closest("input, textarea, select");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key.toLowerCase() !== "z" || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const undo = [...place.querySelectorAll("[data-toast]:not([hidden]) [data-undo]")].pop();
    if (!undo) return;
    event.preventDefault();
    undo.requestSubmit();
  });

  // A session that ended answers with the sign-in page: go there instead of putting it into a cell.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const signIn = place.dataset.signIn;
    const address = event.detail.xhr.responseURL;
    if (!signIn || !address || new URL(address).pathname !== signIn) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  const sentenceOf = (xhr) => {
    const page = new DOMParser().parseFromString(xhr.responseText || "", "text/html");
    return page.querySelector("[data-says]")?.textContent.trim();
  };
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 403) say(sentenceOf(xhr) || place.dataset.refused);
    else say(xhr.status === 404 ? place.dataset.gone : place.dataset.failed);
  });
  document.addEventListener("htmx:sendError", () => say(place.dataset.offline));
  document.addEventListener("htmx:timeout", () => say(place.dataset.offline));
})();
