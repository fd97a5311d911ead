// adopt: a proposal's button types its value into the form beside it, without leaving the form.
//   <div data-island="adopt"><button data-input="must" data-value="12000" form="ID">采用</button></div>
// The form is the button's own (an ancestor, or the one its form attribute names). Without script
// the button sends the form, and the server types the value.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-island=adopt] [data-input]");
    const field = button?.form?.elements[button.dataset.input];
    if (!field) return;
    event.preventDefault();
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
