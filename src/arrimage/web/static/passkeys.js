// A key that does not answer, or a person who stops: said in words, beside the button.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.querySelector("[data-passkey-trouble]");
  const button = document.getElementById("passkey-button");
  if (!said) return;
  if (button) button.after(said);
  said.hidden = false;
});
