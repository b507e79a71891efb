// Find topics while typing: the list that the form's own page would show is put in place of the one that is there.

const field = document.getElementById("topic-words");
const shown = document.getElementById("vocabulary");
const told = document.getElementById("topics-told");
const PAUSE = 150; // milliseconds after the last key
let waiting = 0;
let asked = null;

async function find() {
  asked?.abort();
  asked = new AbortController();
  const words = field.value.trim();
  const address = words ? `?${new URLSearchParams({ q: words })}` : location.pathname;
  try {
    const response = await fetch(address, { signal: asked.signal });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    shown.replaceChildren(...page.getElementById("vocabulary").childNodes);
    told.textContent = words ? `${shown.querySelectorAll("li:not(.nothing)").length} found` : "";
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, PAUSE);
});
