// What the filters can do beyond a form: narrow the list of outlets, keep two dates in order, count the days shown.
(() => {
  // As in the search, letters that a keyboard may lack count as those typed in their place.
  const NEAR = { ө: "о", ү: "у", ё: "е" };
  const fold = (text) => text.toLowerCase().normalize("NFC").replace(/[өүё]/g, (letter) => NEAR[letter]);

  const narrow = () => {
    const box = document.querySelector(".outlets__narrow");
    if (!box) return;
    const wanted = fold(box.value.trim());
    let found = 0;
    for (const item of document.querySelectorAll("#outlets li")) {
      const name = `${item.querySelector("span").textContent} ${item.querySelector("input").value}`;
      item.hidden = !fold(name).includes(wanted);
      found += !item.hidden;
    }
    document.querySelector(".outlets__none").hidden = found > 0;
  };

  // The date given last holds; the other one gives way where both cannot be.
  const order = (changed) => {
    const [from, to] = ["from", "to"].map((id) => document.getElementById(id));
    if (from.value && to.value && from.value > to.value) (changed === from ? to : from).value = "";
  };

  // Older days were added below: the count beside the filters takes them in.
  const count = () => {
    const days = document.querySelectorAll("#feed > .day");
    const line = document.getElementById("count");
    if (!line || days.length < 2) return;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const headlines = Array.from(days, (day) => Number(day.dataset.n)).reduce((sum, n) => sum + n, 0);
    line.textContent = line.dataset.many.replace("{headlines}", number.format(headlines)).replace("{days}", number.format(days.length));
  };

  document.addEventListener("input", (event) => { if (event.target.matches(".outlets__narrow")) narrow(); });
  document.addEventListener("change", (event) => { if (event.target.matches(".dates input")) order(event.target); }, true);
  document.addEventListener("htmx:afterSettle", () => {
    count();
    narrow();
  });
  document.addEventListener("click", (event) => {
    const find = event.target.closest?.(".js-find") && document.getElementById("q");
    if (!find) return;
    event.preventDefault();
    find.focus();
  });
  if (location.hash === "#q") document.getElementById("q")?.focus();
})();
