// Menus, the copied link, the device's own sharing, and the printer.
(() => {
  const copy = async (button) => {
    const field = button.parentElement.querySelector("input, textarea");
    if (!(await copied(field))) return; // not allowed: the reader copies what is selected
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    button.textContent = document.getElementById("status").textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  };
  const copied = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch { // a page without TLS has no clipboard: the old way
      field.select();
      return document.execCommand("copy");
    }
  };

  const share = (button) => {
    const url = button.closest(".menu__panel").querySelector("input").value;
    navigator.share({ title: button.dataset.title, url }).catch(() => { /* closed without sharing */ });
  };

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    const outside = (menu) => !menu.contains(event.target) && event.target.checkVisibility(); // Enter in a field "clicks" a hidden button
    for (const menu of document.querySelectorAll("details.menu[open]")) if (outside(menu)) menu.open = false;
    if (at(".js-print")) window.print();
    if (at(".js-copy")) copy(at(".js-copy"));
    if (at(".js-share button")) share(at(".js-share button"));
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // "Share from this device" only where the device can. The menu may come with a swap, so look when it opens.
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.("details.menu[open]")) return;
    const item = event.target.querySelector(".js-share");
    if (item) item.hidden = !navigator.share;
  }, true);
})();
