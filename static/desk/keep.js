/* Nothing typed is lost: before a form with words is sent, the portal is asked whether it listens and still knows its
   user. If not, the page stays as it is and says what to do; without this script forms are sent as ever. */
(function () {
  "use strict";
  const texts = document.currentScript.dataset;
  const FORMS = "form[data-edit-form], .review form, form.review-act";
  const GIVE_UP_MS = 15000;
  const asking = new WeakSet();
  let passed = null;

  async function ask() {
    try {
      const answer = await fetch(texts.ask, {
        credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(GIVE_UP_MS),
      });
      if (answer.ok) return await answer.json();
      return { problem: answer.type === "opaqueredirect" || answer.status === 403 ? "expired" : "down" };
    } catch {
      return { problem: "down" };
    }
  }

  function show(problem, again) {
    const dialog = document.createElement("dialog");
    dialog.className = "review review-dialog desk-kept";
    dialog.setAttribute("role", "alertdialog");
    const words = document.createElement("p");
    words.textContent = texts[problem];
    const buttons = document.createElement("div");
    buttons.className = "review-dialog__buttons";
    if (problem === "expired") {
      const link = document.createElement("a");
      link.href = texts.login;
      link.target = "_blank";
      link.className = "review-button review-button--primary";
      link.textContent = texts.loginLabel;
      buttons.append(link);
    }
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "review-button";
    retry.textContent = texts.again;
    retry.addEventListener("click", () => { dialog.close(); dialog.remove(); again(); });
    const back = document.createElement("button");
    back.type = "button";
    back.className = "review-button";
    back.textContent = texts.back;
    back.addEventListener("click", () => { dialog.close(); dialog.remove(); });
    buttons.append(retry, back);
    dialog.append(words, buttons);
    document.body.append(dialog);
    dialog.showModal();
  }

  async function attempt(form, submitter) {
    asking.add(form);
    const answer = await ask();
    asking.delete(form);
    if (answer.problem) {
      if (submitter) submitter.disabled = false;
      show(answer.problem, () => attempt(form, submitter));
      return;
    }
    form.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = answer.token; });
    if (submitter) submitter.disabled = false;
    passed = form;
    form.requestSubmit(submitter || undefined);
  }

  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.matches(FORMS)) return;
    if (passed === form) { passed = null; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!asking.has(form)) attempt(form, event.submitter);
  }, true);
})();
