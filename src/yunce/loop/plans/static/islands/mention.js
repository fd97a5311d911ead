// mention: @ in a text offers the team's members.
//   <div data-names="李组长\n王文案">… <label><textarea data-mention></textarea></label> …</div>
// ↑ ↓ choose, Enter or Tab takes the name, Esc closes. The text stays plain: @李组长.
(() => {
  let list = null; // the open list
  let field = null;
  let at = 0; // where the @ stands

  const close = () => {
    list?.remove();
    field?.removeAttribute("aria-activedescendant");
    list = field = null;
  };
  const options = () => [...list.children];
  const chosen = () => options().findIndex((each) => each.getAttribute("aria-selected") === "true");
  const choose = (index) => {
    options().forEach((each, n) => each.setAttribute("aria-selected", String(n === index)));
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  };
  const take = (name) => {
    const rest = field.value.slice(field.selectionStart);
    const start = `${field.value.slice(0, at)}@${name} `;
    field.value = start + rest;
    field.setSelectionRange(start.length, start.length);
    field.focus();
    close();
  };
  const offer = (area) => {
    const before = area.value.slice(0, area.selectionStart);
    const called = before.match(/@([^\s@]{0,20})$/);
    close();
    if (!called) return;
    const names = area.closest("[data-names]").dataset.names.split("\n");
    const fitting = names.filter((name) => name.includes(called[1]) && name !== called[1]);
    if (!fitting.length) return;
    field = area;
    at = before.length - called[0].length;
    list = document.createElement("ul");
    list.className = "mention-l";
    list.setAttribute("role", "listbox");
    fitting.forEach((name, index) => {
      const option = document.createElement("li");
      option.id = `mention-${index}`;
      option.setAttribute("role", "option");
      option.textContent = name;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
      list.append(option);
    });
    area.parentElement.append(list);
    choose(0);
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-mention]") && !event.isComposing) offer(event.target);
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.matches?.("textarea[data-mention]")) offer(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== field || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (step) choose((chosen() + step + count) % count);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen()].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => { if (event.target === field) setTimeout(close, 0); });
})();
