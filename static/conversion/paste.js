/* A paste from Word or WPS goes through the server's cleaner first; the editor then gets plain HTML (home/pasting.py). */
(function () {
  "use strict";
  const script = document.currentScript;
  const OFFICE = /mso-|class=["']?mso|urn:schemas-microsoft-com|<o:p|ksohtml|wps office/i;
  const CLEANED = "data-portal-cleaned";

  const token = () => {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  };
  const give = (editor, html, text) => {
    const data = new DataTransfer();
    data.setData("text/html", `<div ${CLEANED}>${html}</div>`);
    data.setData("text/plain", text);
    editor.focus();
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  };

  document.addEventListener("paste", (event) => {
    const editor = event.target.closest && event.target.closest(".public-DraftEditor-content");
    const html = editor && event.clipboardData ? event.clipboardData.getData("text/html") : "";
    if (!html || html.includes(CLEANED) || !OFFICE.test(html)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = event.clipboardData.getData("text/plain");
    fetch(script.dataset.pasted, { method: "POST", body: html, headers: { "X-CSRFToken": token(), "Content-Type": "text/plain" } })
      .then((response) => (response.ok ? response.json() : Promise.reject(response)))
      .then((answer) => {
        give(editor, answer.html, text);
        if (answer.table) window.alert(script.dataset.table);
      })
      .catch(() => give(editor, "", text));
  }, true);
})();
