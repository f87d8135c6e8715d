// 离线报送表: gathers one item with its attachments into one file. Nothing leaves this computer.
// Written in the JavaScript of 2009, so that any browser of a unit's desk runs it.
(function () {
  "use strict";
  var facts = JSON.parse(document.getElementById("facts").textContent);
  var form = document.querySelector("form");
  var said = document.querySelector("[data-said]");
  var done = document.querySelector("[data-done]");
  var KEPT = "xixiu-offline-" + facts.unit;
  var LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g;  // half a character, as a cut text may end
  var saved = true, last = null;

  function all(list) { return Array.prototype.slice.call(list); }

  // The same text as Python's json.dumps(sort_keys=True, ensure_ascii=False, separators=(",", ":")).
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value && typeof value === "object") {
      return "{" + Object.keys(value).sort().map(function (key) { return JSON.stringify(key) + ":" + canonical(value[key]); }).join(",") + "}";
    }
    return JSON.stringify(value);
  }

  function bytesOf(text) {
    var coded = unescape(encodeURIComponent(text)), bytes = new Uint8Array(coded.length), at;
    for (at = 0; at < coded.length; at += 1) bytes[at] = coded.charCodeAt(at);
    return bytes;
  }

  function whole(text) {
    return text.replace(LONE, "\uFFFD").replace(/(^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "$1\uFFFD");
  }

  function fields(name) {
    return all(form.querySelectorAll("[name]")).filter(function (field) { return field.name === name; });
  }

  function words(name) {
    var chosen = fields(name).filter(function (field) { return field.type !== "radio" || field.checked; })[0];
    return whole(String((chosen && chosen.value) || "").replace(/\r\n?/g, "\n").replace(/^\s+|\s+$/g, ""));
  }

  function files() { return all(document.getElementById("attachments").files || []); }

  function read(file, then, failed) {
    var reader = new FileReader();
    reader.onerror = function () { failed("无法读取文件：" + file.name); };
    reader.onload = function () {
      var bytes = new Uint8Array(reader.result), text = "", at;
      for (at = 0; at < bytes.length; at += 32768) text += String.fromCharCode.apply(null, bytes.subarray(at, at + 32768));
      then({ name: whole(file.name), size: bytes.length, sha256: sha256(bytes), data: btoa(text) });
    };
    reader.readAsArrayBuffer(file);
  }

  function readAll(left, found, then, failed) {
    if (!left.length) { then(found); return; }
    read(left[0], function (one) { readAll(left.slice(1), found.concat([one]), then, failed); }, failed);
  }

  function number() {
    var text = "";
    while (text.length < 32) text += Math.floor(Math.random() * 16).toString(16);
    return text;
  }

  function label(field) {
    var place = field;
    while (!place.getAttribute("data-field")) place = place.parentNode;
    return place.getAttribute("data-field");
  }

  function problem() {
    var missing = all(form.querySelectorAll("[required]")).filter(function (field) { return !words(field.name); })[0];
    if (missing) { missing.focus(); return "请填写：" + label(missing); }
    if (words("source") === "reprint" && !words("reprint_source")) return "请注明转载来源。";
    if (words("form") === "other" && !words("other_form")) return "请注明其他发布形式。";
    var total = files().reduce(function (sum, file) { return sum + file.size; }, 0);
    if (total > facts.largest) return "附件合计超过" + Math.floor(facts.largest / 1048576) + "MB，请分次报送。";
    return "";
  }

  function pack(attachments) {
    var made = {
      format: "xixiu-offline-package", version: 1, id: number(), made_at: new Date().toISOString(),
      unit: facts.unit, harms: {}, row: {},
      attachments: attachments.map(function (one) { return { name: one.name, size: one.size, sha256: one.sha256 }; })
    };
    facts.fields.forEach(function (name) { made[name] = words(name); });
    facts.row.forEach(function (name) { made.row[name] = words(name); });
    facts.harms.forEach(function (name) { made.harms[name] = words("harm_" + name); });
    made.digest = sha256(bytesOf(canonical(made)));
    made.attachments = attachments;
    return made;
  }

  function hand(made) {
    var name = facts.unit + "-" + made.id.slice(0, 8) + ".xxbs";
    var blob = new Blob([JSON.stringify(made)], { type: "application/json" });
    if (navigator.msSaveBlob) {
      navigator.msSaveBlob(blob, name);
    } else {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      document.body.appendChild(link);
      link.click();
      document.body.removeChild(link);
    }
    document.querySelector("[data-digest]").textContent = made.digest.replace(/(.{8})/g, "$1 ");
    said.textContent = "";
    saved = true;
    done.hidden = false;
    done.scrollIntoView();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var wrong = problem();
    said.textContent = wrong || "正在生成……";
    if (wrong) { said.scrollIntoView(); return; }
    if (last) { hand(last); return; }  // nothing was changed since: the same package, not a second one
    readAll(files(), [], function (attachments) { last = pack(attachments); hand(last); }, function (why) { said.textContent = why; });
  });

  // What is typed survives closing the window where the browser lets a file keep something.
  function changed() {
    var typed = {};
    saved = false;
    last = null;
    done.hidden = true;
    all(form.querySelectorAll("[name]")).forEach(function (field) {
      if (field.type !== "file" && (field.type !== "radio" || field.checked)) typed[field.name] = field.value;
    });
    try { localStorage.setItem(KEPT, JSON.stringify(typed)); } catch (error) { /* not in this browser */ }
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);  // old browsers tell of choices only so

  try {
    var typed = JSON.parse(localStorage.getItem(KEPT) || "{}");
    Object.keys(typed).forEach(function (name) {
      fields(name).forEach(function (field) {
        if (field.type === "radio") field.checked = field.value === typed[name]; else field.value = typed[name];
      });
    });
  } catch (error) { /* not in this browser */ }
  window.addEventListener("beforeunload", function (event) {
    if (!saved) { event.preventDefault(); event.returnValue = ""; }
  });
  document.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
})();
