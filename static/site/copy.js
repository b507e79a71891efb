// A button beside each text that is there to be taken along. Without this file it is selected and copied as any other.

for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It is selected: copy it with your browser."; // no right to the clipboard, or no HTTPS
    }
  });
}
