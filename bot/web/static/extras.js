// Two conveniences. Everything works without them, so their buttons are hidden until this runs.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;

document.addEventListener("click", async ({ target }) => {
  if (target.matches("[data-print]")) window.print();
  if (target.matches("[data-copy]")) {
    const field = document.getElementById(target.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      target.textContent = target.dataset.done;
    } catch {
      // Only pages over https may use the clipboard; elsewhere the address is selected to copy.
      field.select();
    }
  }
});
