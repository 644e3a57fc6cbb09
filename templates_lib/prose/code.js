// Adds a copy button to each block of code.
function start(figure) {
  const tools = figure.querySelector(".code-figure__tools");
  const button = tools.querySelector("button");
  const status = tools.querySelector("[role=status]");
  const label = button.textContent;
  if (!navigator.clipboard) return;
  tools.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(figure.querySelector("code").textContent);
    button.textContent = button.dataset.copied;
    status.textContent = button.dataset.copied;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 2000);
  });
}

document.querySelectorAll("[data-code]").forEach(start);
