// Keys of a page: `data-shortcut="n"` on a link or a button. Never while one types; each person may put them off.
"use strict";

(() => {
  const OFF = "arrimage-shortcuts-off";
  const dialog = document.getElementById("raccourcis");
  const box = dialog?.querySelector("[data-shortcuts-on]");
  const isOff = () => { try { return localStorage.getItem(OFF) === "yes"; } catch { return false; } };
  const show = () => { if (dialog && !dialog.open) dialog.showModal(); };

  if (box) {
    box.checked = !isOff();
    box.addEventListener("change", () => {
      try { if (box.checked) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "yes"); } catch { /* refused */ }
    });
  }
  document.querySelector("[data-shortcuts]")?.addEventListener("click", show);

  // Once the dialog is closed, its box may keep the keyboard for a moment.
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]") && !target.closest("dialog:not([open])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff()) return;
    if (document.querySelector("dialog[open]") || typing(event.target)) return;
    if (event.key === "?") { event.preventDefault(); show(); return; }
    const target = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });
})();
