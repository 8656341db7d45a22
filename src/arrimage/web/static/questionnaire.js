// A questionnaire that shows only what is to be asked, as the person answers, and counts what is answered.
// Without script every question the facts allow is on the page, and the server applies the same rules.
"use strict";

(() => {
  const form = document.querySelector("form[data-questionnaire]");
  if (!form) return;
  const questions = [...form.querySelectorAll("[data-question]")];

  /** The answer to a question: text, list of texts, or undefined when there is none; a hidden question has none. */
  function answerOf(question) {
    if (question.hidden) return undefined;
    const values = [];
    for (const field of question.querySelectorAll("input, select, textarea")) {
      if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
      // Of a row of a list of needs, only the words say that something is written.
      if (question.dataset.kind === "needs" && !field.name.endsWith("-label")) continue;
      if (field.value.trim() !== "") values.push(field.value.trim());
    }
    if (!values.length) return undefined;
    switch (question.dataset.kind) {
      case "several": case "needs": return values;
      case "yes_no": return values[0] === "yes";
      case "number": case "level": return Number(values[0]);
      default: return values[0];
    }
  }

  const OPERATORS = {
    equals: (answer, value) => answer === value,
    in: (answer, value) => [answer].flat().some((one) => value.includes(one)),
    at_least: (answer, value) => answer >= value,
    at_most: (answer, value) => answer <= value,
  };

  /** Whether a condition holds, as `arrimage.questionnaires.conditions` says it. Facts are already worked out. */
  function holds(condition, answers) {
    if (condition.all) return condition.all.every((part) => holds(part, answers));
    if (condition.any) return condition.any.some((part) => holds(part, answers));
    if (condition.not) return !holds(condition.not, answers);
    const answer = answers.get(condition.question);
    if ("answered" in condition) return (answer !== undefined) === condition.answered;
    if (answer === undefined) return false;
    const operator = Object.keys(OPERATORS).find((name) => name in condition);
    return operator ? OPERATORS[operator](answer, condition[operator]) : true;
  }

  /** Show and hide until nothing changes: a question may depend on one that depends on another. */
  function update() {
    for (let round = 0; round < questions.length; round += 1) {
      const answers = new Map(questions.map((question) => [question.dataset.question, answerOf(question)]));
      let changed = false;
      for (const question of questions) {
        if (!question.dataset.showIf) continue;
        const hide = !holds(JSON.parse(question.dataset.showIf), answers);
        if (question.hidden !== hide) { question.hidden = hide; changed = true; }
      }
      if (!changed) break;
    }
    for (const mark of document.querySelectorAll("[data-progress]")) {
      const asked = questions.filter((question) => !question.hidden
        && question.closest("[data-section]")?.dataset.section === mark.dataset.progress);
      const answered = asked.filter((question) => answerOf(question) !== undefined);
      mark.firstChild.textContent = `${answered.length}/${asked.length}`;
    }
  }

  // --- What was answered last time: taken again with a button, marked when the answer is another one ----------------
  const lasts = [...form.querySelectorAll("[data-last]")];

  /** Put a value (text or list of texts) in the fields of a question. */
  function fill(question, value) {
    const values = [value].flat().map(String);
    for (const field of question.querySelectorAll("input, select, textarea")) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0];
    }
  }

  function markChanged() {
    for (const last of lasts) {
      const question = last.closest("[data-question]");
      const answer = answerOf(question);
      const said = question.dataset.kind === "yes_no" && answer !== undefined ? (answer ? "yes" : "no") : answer;
      const same = said !== undefined && String([said].flat()) === String([JSON.parse(last.dataset.last)].flat());
      last.querySelector("[data-changed]").hidden = said === undefined || same;
      last.querySelector("[data-keep-last]").hidden = same;
    }
  }

  form.addEventListener("click", (event) => {
    const last = event.target.closest("[data-keep-last]")?.closest("[data-last]");
    if (!last) return;
    const question = last.closest("[data-question]");
    fill(question, JSON.parse(last.dataset.last));
    question.querySelector("input:checked, select, textarea, input")?.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("input", markChanged);
  form.addEventListener("change", markChanged);

  // --- Kept as one types: once the server has it, the copy of this device goes; without network, it stays -------------
  const kept = document.getElementById("evaluation-gardee");
  if (kept) {
    document.addEventListener("assessment-kept", () => store.remove(draftKey(form)));
    for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
      document.addEventListener(name, () => { kept.textContent = kept.dataset.offline; });
    }
  }

  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
  markChanged();
})();
