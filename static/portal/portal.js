// Reading works without this file; it shows the print button and remembers the reading aids.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const name of ["large", "contrast"]) {
  const box = document.getElementById(name);
  if (!box) continue;
  try {
    box.checked = localStorage.getItem(name) === "1";
    box.addEventListener("change", () => localStorage.setItem(name, box.checked ? "1" : "0"));
  } catch {
    // A browser that keeps nothing still switches.
  }
}
