// Before the first paint: script is there, and the look the person chose last (the device's otherwise).
document.documentElement.classList.add("script");
try {
  const chosen = localStorage.getItem("arrimage-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.bsTheme = chosen;
} catch { /* storage refused: the device decides */ }
