// What the pages gain from script. Everything works without it.
"use strict";

const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* storage refused or full */ } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* storage refused */ } },
};

// --- Look: follow the device, or keep what the person chose ---------------------------------------------------------
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  const root = document.documentElement;
  const now = root.dataset.bsTheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.bsTheme = now === "dark" ? "light" : "dark";
  store.set("arrimage-theme", root.dataset.bsTheme);
});

// --- Keyboard: Ctrl-K to search, up and down in lists, Escape closes a panel ----------------------------------------
function rowLinks(list) {
  return [...list.querySelectorAll("tbody tr th a[href], li > .todo-what a[href]")];
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  } else if (event.key === "Escape") {
    for (const panel of document.querySelectorAll("details.drop[open]")) {
      panel.open = false;
      if (panel.contains(document.activeElement)) panel.querySelector("summary").focus();
    }
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey && !event.ctrlKey && !event.shiftKey) {
    const row = document.activeElement?.closest("tr, .todo-item");
    const list = row?.closest("[data-list], [data-rows]");
    if (!list || !document.activeElement.matches("a, button")) return;
    const links = rowLinks(list.closest("main") || list);
    const here = links.findIndex((link) => row.contains(link));
    const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (here >= 0 && next) { event.preventDefault(); next.focus(); }
  }
});

document.addEventListener("click", (event) => {
  for (const panel of document.querySelectorAll("details.drop[open]")) {
    if (!panel.contains(event.target)) panel.open = false;
  }
});

// --- Confirm before what cannot be undone ---------------------------------------------------------------------------
function ask(sentence) {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return Promise.resolve(window.confirm(sentence));
  dialog.querySelector("#confirm-text").textContent = sentence;
  dialog.showModal();
  dialog.querySelector("[data-confirm-no]").focus();
  return new Promise((resolve) => {
    const settle = (answer) => () => { if (dialog.open) dialog.close(); resolve(answer); };
    dialog.querySelector("[data-confirm-yes]").onclick = settle(true);
    dialog.querySelector("[data-confirm-no]").onclick = settle(false);
    dialog.oncancel = settle(false);
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const sentence = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (sentence && !form.dataset.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    if (await ask(sentence)) {
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    }
  }
}, true);

// --- One click, one sending: a second submit within the same page is ignored ----------------------------------------
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.closest("[hx-post], [hx-put]")) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// --- Drafts: what is typed in a form[data-draft] stays on this device until it is saved -----------------------------
const SENT_DRAFT = "arrimage-draft-sent";

function draftsOf(person) {
  return `arrimage-draft:${person || ""}:`;
}

function draftKey(form) {
  return draftsOf(document.body.dataset.person) + form.dataset.draft;
}

function forgetDrafts(keep = () => false) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("arrimage-draft") && !keep(key)) localStorage.removeItem(key);
  } catch { /* storage refused */ }
}

function readDraft(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "password" || field.type === "file" || field.type === "submit") continue;
    if (field.type === "checkbox" || field.type === "radio") {
      (values[field.name] ||= []);
      if (field.checked) values[field.name].push(field.value);
    } else if (field.multiple) {
      values[field.name] = [...field.selectedOptions].map((option) => option.value);
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}

function writeDraft(form, values) {
  for (const field of form.elements) {
    if (!(field.name in values)) continue;
    const value = values[field.name];
    if (field.type === "checkbox" || field.type === "radio") field.checked = value.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else if (field.type !== "hidden") field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function startDrafts() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  const keys = forms.map(draftKey);
  const person = document.body.dataset.person;
  // On a shared computer, whoever signs in next finds nothing of the one before, who left without signing out.
  if (person) forgetDrafts((key) => key.startsWith(draftsOf(person)) || key === SENT_DRAFT);
  const sent = store.get(SENT_DRAFT);
  // The page after a sending: no form with that draft, or without errors, means it was saved; a page that refuses, an
  // error, or the way to sign in again do not.
  const answered = person && sent?.startsWith(draftsOf(person)) && !document.querySelector("[data-refused]");
  const waits = (form) => draftKey(form) === sent && (form.matches("[data-error-summary]") || form.querySelector("[data-error-summary]"));
  if (answered && !forms.some(waits)) store.remove(sent);
  if (answered || person) store.remove(SENT_DRAFT);
  forms.forEach((form, index) => {
    const kept = store.get(keys[index]);
    if (kept && !form.matches("[data-error-summary]") && !form.querySelector("[data-error-summary]")) {
      try { writeDraft(form, JSON.parse(kept)); } catch { store.remove(keys[index]); }
    }
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => store.set(keys[index], JSON.stringify(readDraft(form))), 300);
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      store.set(keys[index], JSON.stringify(readDraft(form)));
      store.set(SENT_DRAFT, keys[index]);
    });
  });
}

// Signing out takes the drafts along: the next person of a shared computer finds none.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget-drafts]")) return;
  forgetDrafts();
});

// --- After an error, the summary is read first ----------------------------------------------------------------------
document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.("[data-error-summary]")?.focus();
});
document.querySelector("[data-error-summary]")?.focus();
startDrafts();
