// A signature drawn with a finger, a pen or a mouse; its strokes go with the form as whole points in a box of 600 × 200.
// What a means of consenting asks for shows when that means is chosen.
"use strict";
(() => {
  const WIDTH = 600, HEIGHT = 200;

  function pointsOf(pad, canvas) {
    const x = WIDTH / canvas.clientWidth, y = HEIGHT / canvas.clientHeight;
    const keep = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return pad.toData().map((group) => group.points.map((point) => [keep(point.x * x, WIDTH), keep(point.y * y, HEIGHT)]));
  }

  function start(box) {
    const canvas = box.querySelector("canvas"), field = box.querySelector("input");
    const ink = getComputedStyle(box).color;
    const pad = new window.SignaturePad(canvas, { penColor: ink, minWidth: 1, maxWidth: 2.5 });
    const fit = () => {
      if (!canvas.clientWidth) return; // not shown yet
      const ratio = Math.max(window.devicePixelRatio || 1, 1), drawn = pad.toData();
      if (canvas.width === Math.round(canvas.clientWidth * ratio)) return;
      canvas.width = Math.round(canvas.clientWidth * ratio);
      canvas.height = Math.round(canvas.clientHeight * ratio);
      canvas.getContext("2d").scale(ratio, ratio);
      pad.fromData(drawn);
    };
    new ResizeObserver(fit).observe(canvas);
    fit();
    if (field.value) { // the page came back with an error: what was signed is still there
      const place = ([x, y]) => ({ x: x * canvas.clientWidth / WIDTH, y: y * canvas.clientHeight / HEIGHT, time: 0, pressure: 0.5 });
      pad.fromData(JSON.parse(field.value).map((stroke) => ({ penColor: ink, minWidth: 1, maxWidth: 2.5, points: stroke.map(place) })));
    }
    pad.addEventListener("endStroke", () => {
      field.value = JSON.stringify(pointsOf(pad, canvas));
      const signed = box.closest("form")?.querySelector(`input[name$="means"][value="signature"]`);
      const own = box.closest("[data-consent]")?.querySelector(`input[name$="means"][value="signature"]`) || signed;
      if (own) own.checked = true;
    });
    box.querySelector("[data-signature-clear]").addEventListener("click", () => { pad.clear(); field.value = ""; });
  }

  function show(group) {
    const chosen = group.querySelector('input[name$="means"]:checked')?.value;
    for (const [means, selector] of [["signature", "[data-signature]"], ["paper", 'input[type="file"]']]) {
      const field = group.querySelector(selector)?.closest(".field");
      if (field) field.hidden = chosen !== means;
    }
  }

  for (const box of document.querySelectorAll("[data-signature]")) start(box);
  for (const group of document.querySelectorAll("[data-consent]")) {
    show(group);
    group.addEventListener("change", () => show(group));
  }
})();
