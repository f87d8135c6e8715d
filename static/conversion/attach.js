/* Files are sent one by one with their progress; without this script the form sends them together. */
(function () {
  "use strict";
  const form = document.querySelector("[data-attach]");
  if (!form) return;
  const input = form.querySelector("[data-attach-files]");
  const list = form.querySelector("[data-attach-list]");
  const go = form.querySelector("[data-attach-go]");
  const zone = form.querySelector("[data-bring-drop]");
  const waiting = [];
  let sending = false;

  const make = (tag, className, words) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (words) node.textContent = words;
    return node;
  };
  const settle = () => { go.disabled = sending || waiting.length > 0 || !list.querySelector("input[name=sent]"); };

  const arrived = (row, answer) => {
    const id = make("input");
    id.type = "hidden"; id.name = "sent"; id.value = answer.id;
    const label = make("label", "attach-list__title", `${form.dataset.title} `);
    const title = make("input");
    title.name = `title-${answer.id}`; title.maxLength = 150; title.value = answer.title;
    label.append(title);
    const remove = make("button", "review-button", form.dataset.remove);
    remove.type = "button";
    remove.addEventListener("click", () => { row.remove(); settle(); });
    row.append(id, label, remove);
  };

  const send = () => {
    const next = waiting.shift();
    sending = Boolean(next);
    settle();
    if (!next) return;
    const request = new XMLHttpRequest();
    const failed = (words) => { next.bar.remove(); next.row.append(make("p", "review-error", words)); };
    request.open("POST", form.action || window.location.href);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.setRequestHeader("X-CSRFToken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) next.bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { answer = {}; }
      if (answer.id) { next.bar.value = 1; arrived(next.row, answer); } else failed(answer.error || form.dataset.failed);
      send();
    });
    request.addEventListener("error", () => { failed(form.dataset.failed); send(); });
    const data = new FormData();
    data.append("files", next.file);
    request.send(data);
  };

  const take = (files) => {
    Array.from(files).forEach((file) => {
      const row = make("li", "attach-list__row");
      const bar = make("progress");
      bar.max = 1; bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      row.append(make("strong", "", file.name), bar);
      list.append(row);
      waiting.push({ file, row, bar });
    });
    if (!sending) send();
  };

  input.addEventListener("change", () => { take(input.files); input.value = ""; });
  ["dragenter", "dragover"].forEach((name) => document.addEventListener(name, (event) => {
    event.preventDefault(); zone.classList.add("is-over");
  }));
  ["dragleave", "drop"].forEach((name) => document.addEventListener(name, () => zone.classList.remove("is-over")));
  document.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer) take(event.dataTransfer.files); });
  settle();
})();
