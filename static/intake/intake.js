// Choosing the unit opens its intake form.
document.querySelectorAll("[data-intake-unit]").forEach((select) => {
  select.addEventListener("change", () => {
    if (select.value) window.location.assign(select.value);
  });
});
