/* The review page without this script still signs; with it, dialogs open, the frame grows, answers show what they cause. */
(function () {
  "use strict";
  const root = document.querySelector("[data-review]");
  if (!root) return;
  root.classList.add("review-js");

  document.querySelectorAll("[data-review-open]").forEach((button) => {
    const dialog = document.getElementById(button.dataset.reviewOpen);
    button.addEventListener("click", () => {
      document.querySelectorAll(".review-more[open]").forEach((more) => more.removeAttribute("open"));
      dialog.showModal();
    });
    dialog.querySelector("[data-review-close]").addEventListener("click", () => dialog.close());
    if ("open" in dialog.dataset) dialog.showModal();
  });

  const frame = document.querySelector("[data-review-frame]");
  if (frame) {
    const grow = () => {
      const page = frame.contentDocument;
      if (page && page.documentElement) frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height)}px`;
    };
    frame.addEventListener("load", () => { grow(); new ResizeObserver(grow).observe(frame.contentDocument.body); });
    if (frame.contentDocument && frame.contentDocument.readyState === "complete" && frame.contentDocument.body) grow();
  }

  document.querySelectorAll("fieldset[data-wanted]").forEach((set) => {
    const explain = set.querySelector("[data-explain]");
    const update = () => {
      const chosen = set.querySelector("input[type=radio]:checked");
      const other = Boolean(chosen) && chosen.value !== set.dataset.wanted && chosen.value !== "不涉及";
      const figures = set.dataset.number === "8" && chosen && chosen.value === "是";
      set.classList.toggle("is-exception", other);
      explain.hidden = !(other || figures || explain.querySelector("input").value);
    };
    set.addEventListener("change", update);
    update();
  });

  document.querySelectorAll("form[data-review-form], .review-dialog form").forEach((form) => {
    form.addEventListener("submit", () => { setTimeout(() => document.querySelectorAll("button[type=submit]").forEach((b) => { b.disabled = true; }), 0); });
  });
})();
