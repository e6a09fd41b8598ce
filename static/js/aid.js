// The reading aid: headlines in capitals as sentences, for who wants them so. A page only carries the places of the letters
// that stay capital (data-kept), so it is the same for everybody; the choice stays on this device. What an outlet
// printed comes back while a pointer rests on the button beside it, or when it is pressed.
(() => {
  const box = () => document.querySelector(".js-aid");
  const headings = () => document.querySelectorAll(".hl > a[data-kept]");
  const printed = new WeakMap(); // link -> [text node, its text as printed]
  let on = false;

  const kept = (link) => {
    const places = new Set();
    for (const run of link.dataset.kept.split(",")) {
      if (!run) continue;
      const [first, last = first] = run.split("-").map(Number);
      for (let at = first; at <= last; at++) places.add(at);
    }
    return places;
  };
  const nodes = (link) => {
    if (!printed.has(link)) {
      const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) found.push([walker.currentNode, walker.currentNode.data]);
      printed.set(link, found);
    }
    return printed.get(link);
  };

  const set = (link, aided) => {
    const places = kept(link);
    let at = 0;
    for (const [node, text] of nodes(link)) {
      node.data = aided ? Array.from(text, (c) => (places.has(at++) ? c : c.toLowerCase())).join("") : text;
    }
    link.parentElement.classList.toggle("aided", aided);
  };

  const button = (link) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "asprinted";
    made.textContent = box().dataset.original;
    made.setAttribute("aria-pressed", "false");
    const isPressed = () => made.getAttribute("aria-pressed") === "true";
    made.addEventListener("click", () => {
      made.setAttribute("aria-pressed", String(!isPressed()));
      set(link, !isPressed());
    });
    made.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") set(link, false); });
    made.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") set(link, !isPressed()); });
    return made;
  };

  const show = () => {
    if (box()) box().checked = on;
    for (const old of document.querySelectorAll(".asprinted")) if (!on) old.remove();
    for (const link of headings()) {
      const heading = link.parentElement;
      if (on && heading.classList.contains("aided")) continue;
      const next = heading.nextElementSibling;
      const place = next?.matches(".meta") ? next : null;
      if (on && !(place ?? heading.parentElement).querySelector(".asprinted")) {
        if (place) place.append(button(link));
        else heading.after(button(link));
        set(link, true);
      } else if (!on && printed.has(link)) set(link, false);
    }
  };
  const recall = () => {
    try {
      on = localStorage.getItem("aid") === "on";
    } catch { /* storage is blocked: as printed */ }
    show();
  };

  recall();
  document.addEventListener("htmx:afterSwap", show);
  document.addEventListener("htmx:historyRestore", show);
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".js-aid")) return;
    on = event.target.checked;
    try {
      if (on) localStorage.setItem("aid", "on");
      else localStorage.removeItem("aid");
    } catch { /* lasts until the page is left */ }
    show();
  });
  addEventListener("storage", (event) => {
    if (event.key === "aid" || event.key === null) recall();
  });
})();
