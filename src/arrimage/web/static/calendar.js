// Calendars: arrows go from one time to the next, and from a day to its neighbour; an address is copied at once.
"use strict";

(() => {
  const grid = document.querySelector("[data-calendar]");
  grid?.addEventListener("keydown", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const days = [...grid.querySelectorAll("[data-day]")].map((day) => [...day.querySelectorAll("a[href]")]);
    const at = days.findIndex((links) => links.includes(link));
    if (at < 0) return;
    const place = days[at].indexOf(link);
    const beside = (step) => {
      for (let day = at + step; day >= 0 && day < days.length; day += step) {
        if (days[day].length) return days[day][Math.min(place, days[day].length - 1)];
      }
      return null;
    };
    const next = {
      ArrowDown: () => days[at][place + 1],
      ArrowUp: () => days[at][place - 1],
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
    }[event.key]?.();
    if (next) { event.preventDefault(); next.focus(); }
  });

  document.querySelector("[data-copy]")?.addEventListener("click", async (event) => {
    const button = event.currentTarget;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { return; }  // selected: Ctrl-C remains
    button.textContent = button.dataset.copied;
  });
})();
