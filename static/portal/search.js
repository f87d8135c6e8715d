/* Suggestions while typing, for every field with data-suggest. Without this script the form works all the same.
   Follows the combobox pattern of the ARIA Authoring Practices: arrow keys choose, Enter goes, Escape closes.
   On /hant/ pages the answer is asked for in traditional characters (home/traditional.py). */
(() => {
  const WAIT = 180;
  const LEAST = 1;
  const TRADITIONAL = location.pathname.startsWith("/hant/");
  const SCRIPT = TRADITIONAL ? "/hant" : "";

  for (const field of document.querySelectorAll("input[data-suggest]")) attach(field);

  function attach(field) {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.id = `${field.id || "search"}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", TRADITIONAL ? "搜索建議" : "搜索建议");
    list.hidden = true;
    field.parentElement.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) field.setAttribute(name, value);

    let timer = 0, asked = "", found = [], chosen = -1;

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && chosen >= 0) go(found[chosen]);
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", () => setTimeout(close, 150));

    function go(one) {
      location.assign(one.path);
    }

    async function ask() {
      const typed = field.value.trim();
      asked = typed;
      if (typed.length < LEAST) return close();
      try {
        const answer = await fetch(`${SCRIPT}${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
        if (!answer.ok || asked !== typed) return;
        show((await answer.json()).suggestions);
      } catch {
        close();
      }
    }

    function show(suggestions) {
      const kept = chosen >= 0 ? found[chosen].path : ""; // an answer that comes late takes no choice away
      found = suggestions;
      chosen = -1;
      list.replaceChildren(...suggestions.map((one, number) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${number}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = one.title;
        item.addEventListener("mousedown", () => go(one));
        return item;
      }));
      list.hidden = !suggestions.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      field.removeAttribute("aria-activedescendant");
      const again = suggestions.findIndex((one) => one.path === kept);
      if (again >= 0) choose(again);
    }

    function choose(number) {
      const items = list.children;
      if (!items.length) return;
      if (items[chosen]) items[chosen].setAttribute("aria-selected", "false");
      chosen = (number + items.length) % items.length;
      items[chosen].setAttribute("aria-selected", "true");
      items[chosen].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", items[chosen].id);
    }

    function close() {
      list.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }
  }
})();
