/* Without this script the form still works; with it a dropped file is taken at once and waiting is said. */
(function () {
  "use strict";
  const form = document.querySelector("[data-bring]");
  if (!form) return;
  const zone = form.querySelector("[data-bring-drop]");
  const input = form.querySelector("[data-bring-file]");
  const go = () => { if (form.reportValidity()) form.requestSubmit(); };

  const over = (event) => { event.preventDefault(); zone.classList.add("is-over"); };
  ["dragenter", "dragover"].forEach((name) => document.addEventListener(name, over));
  ["dragleave", "drop"].forEach((name) => document.addEventListener(name, () => zone.classList.remove("is-over")));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    go();
  });
  form.addEventListener("submit", () => {
    form.querySelector("[data-bring-wait]").hidden = false;
    setTimeout(() => { form.querySelector("[data-bring-go]").disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => {
    form.querySelector("[data-bring-wait]").hidden = true;
    form.querySelector("[data-bring-go]").disabled = false;
  });
})();
