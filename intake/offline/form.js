// 离线报送表: gathers one item with its attachments into one file. Nothing leaves this computer.
(function () {
  "use strict";
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const form = document.querySelector("form");
  const said = document.querySelector("[data-said]");
  const done = document.querySelector("[data-done]");
  const KEPT = "xixiu-offline-" + facts.unit;
  let saved = true;

  // The same text as Python's json.dumps(sort_keys=True, ensure_ascii=False, separators=(",", ":")).
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value && typeof value === "object") {
      return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
    }
    return JSON.stringify(value);
  }

  function words(name) {
    const field = form.elements[name];
    return String((field && field.value) || "").replace(/\r\n?/g, "\n").trim();
  }

  function read(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onerror = () => reject(new Error("无法读取文件：" + file.name));
      reader.onload = () => {
        const bytes = new Uint8Array(reader.result);
        let text = "";
        for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 32768));
        resolve({ name: file.name, size: bytes.length, sha256: sha256(bytes), data: btoa(text) });
      };
      reader.readAsArrayBuffer(file);
    });
  }

  function number() {
    let text = "";
    while (text.length < 32) text += Math.floor(Math.random() * 16).toString(16);
    return text;
  }

  function problem() {
    const missing = Array.from(form.querySelectorAll("[required]")).find((field) => !words(field.name));
    if (missing) { missing.focus(); return "请填写：" + missing.closest("[data-field]").dataset.field; }
    if (words("source") === "reprint" && !words("reprint_source")) return "请注明转载来源。";
    if (words("form") === "other" && !words("other_form")) return "请注明其他发布形式。";
    const total = Array.from(form.elements.attachments.files).reduce((sum, file) => sum + file.size, 0);
    if (total > facts.largest) return "附件合计超过" + Math.floor(facts.largest / 1048576) + "MB，请分次报送。";
    return "";
  }

  async function pack() {
    const attachments = await Promise.all(Array.from(form.elements.attachments.files).map(read));
    const made = {
      format: "xixiu-offline-package", version: 1, id: number(), made_at: new Date().toISOString(),
      unit: facts.unit, harms: {}, row: {}, attachments: attachments.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    };
    facts.fields.forEach((name) => { made[name] = words(name); });
    facts.row.forEach((name) => { made.row[name] = words(name); });
    facts.harms.forEach((name) => { made.harms[name] = words("harm_" + name); });
    made.digest = sha256(new TextEncoder().encode(canonical(made)));
    made.attachments = attachments;
    return made;
  }

  function hand(made) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(made)], { type: "application/json" }));
    link.download = facts.unit + "-" + made.id.slice(0, 8) + ".xxbs";
    link.click();
    document.querySelector("[data-digest]").textContent = made.digest.replace(/(.{8})/g, "$1 ");
    done.hidden = false;
    done.scrollIntoView();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = problem();
    said.textContent = wrong || "正在生成……";
    if (wrong) { said.scrollIntoView({ block: "center" }); return; }
    pack().then((made) => { hand(made); saved = true; said.textContent = ""; }, (error) => { said.textContent = error.message; });
  });

  // What is typed survives closing the window where the browser lets a file keep something.
  form.addEventListener("input", () => {
    saved = false;
    done.hidden = true;
    const typed = {};
    Array.from(form.elements).forEach((field) => { if (field.name && field.type !== "file" && (field.type !== "radio" || field.checked)) typed[field.name] = field.value; });
    try { localStorage.setItem(KEPT, JSON.stringify(typed)); } catch (error) { /* not in this browser */ }
  });
  try {
    const typed = JSON.parse(localStorage.getItem(KEPT) || "{}");
    Object.keys(typed).forEach((name) => { if (form.elements[name]) form.elements[name].value = typed[name]; });
  } catch (error) { /* not in this browser */ }
  window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
  document.querySelector("[data-print]").addEventListener("click", () => window.print());
})();
