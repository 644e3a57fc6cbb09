/* A field whose length is limited would cut what is pasted, without a word. These let it be longer, say
   how much is left or too much, and leave refusing to the server, so that nothing is lost. */

const { dataset: words } = document.currentScript;
const NEAR_THE_END = 0.8;
const QUIET_MS = 400;

function watch(field) {
  const limit = field.maxLength;
  const note = document.createElement("div");
  note.className = "help";
  note.id = `${field.id}-length`;
  note.setAttribute("aria-live", "polite");
  field.removeAttribute("maxlength");
  field.closest(".w-field__input").append(note);

  const tell = () => {
    // The server does not count the spaces at the ends either.
    const left = limit - [...field.value.trim()].length;
    const text = left < 0 ? words.over : words.left;
    note.classList.toggle("w-text-text-error", left < 0);
    note.textContent =
      field.value.length < NEAR_THE_END * limit
        ? ""
        : text.replace("{number}", Math.abs(left)).replace("{limit}", limit);
  };
  // Who types quickly is told when they pause.
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(tell, QUIET_MS);
  });
  tell();
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-counted][maxlength]").forEach(watch);
});
