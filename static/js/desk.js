// The desk: entries of a digest can be dragged where there is a pointer. Everything it does is a form that is there.
(() => {
  let held = null;
  const entry = (target) => target.closest?.(".entry[data-move]");
  const clear = () => document.querySelectorAll(".is-target").forEach((one) => one.classList.remove("is-target"));

  for (const one of document.querySelectorAll(".entry[data-move]")) one.draggable = true;

  document.addEventListener("dragstart", (event) => {
    held = entry(event.target);
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.move);
    held.classList.add("is-dragged");
  });
  document.addEventListener("dragover", (event) => {
    const over = entry(event.target);
    if (!held || !over || over.parentElement !== held.parentElement) return;
    event.preventDefault();
    clear();
    over.classList.add("is-target");
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("is-dragged");
    held = null;
    clear();
  });
  document.addEventListener("drop", (event) => {
    const over = entry(event.target);
    if (!held || !over || over === held || over.parentElement !== held.parentElement) return;
    event.preventDefault();
    const form = document.getElementById("move");
    form.elements.headline.value = held.dataset.move;
    form.elements.language.value = held.dataset.language;
    form.elements.place.value = over.dataset.place;
    form.submit();
  });
})();
