// Adds the mean of each pillar as it is answered. Nothing is kept or sent.
function start(root) {
  for (const pillar of root.querySelectorAll("[data-low]")) {
    pillar.addEventListener("change", () => show(pillar));
  }
}

function show(pillar) {
  const questions = pillar.querySelectorAll("fieldset").length;
  const given = [...pillar.querySelectorAll("input:checked")].map((input) => Number(input.value));
  const result = pillar.querySelector(".assessment__result");
  if (given.length < questions) return;
  const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
  const text = mean < Number(pillar.dataset.low) ? result.dataset.bad : result.dataset.good;
  result.textContent = text.replace("%mean", mean.toFixed(1));
  result.hidden = false;
}

document.querySelectorAll("[data-assessment]").forEach(start);
