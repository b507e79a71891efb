// Drag a topic onto another to move it under that one: the page that shows what will happen opens. The same page is
// reached by “Move”, without a mouse or scripts.

const form = document.getElementById("drop-form");
let dragged = null;

const topicAt = (target) => target.closest("li[data-topic]");
// A topic that stands at several places of the tree leaves only the one it is dragged from.
const otherBroader = (item) =>
  [...document.querySelectorAll(`li[data-topic="${item.dataset.topic}"]`)]
    .filter((place) => place !== item)
    .map((place) => place.parentElement.closest("li[data-topic]")?.dataset.topic)
    .filter(Boolean);

const fits = (topic) => dragged && topic && !dragged.contains(topic);

for (const item of document.querySelectorAll("li[data-topic]")) {
  item.draggable = true;
}

document.addEventListener("dragstart", (event) => {
  dragged = topicAt(event.target);
  if (!dragged) return;
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.topic);
});

document.addEventListener("dragover", (event) => {
  const over = topicAt(event.target);
  for (const item of document.querySelectorAll(".is-over")) item.classList.remove("is-over");
  if (!fits(over)) return;
  event.preventDefault();
  over.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  const over = topicAt(event.target);
  if (!fits(over)) return;
  event.preventDefault();
  form.action = dragged.querySelector("[data-move]").href;
  for (const topic of [over.dataset.topic, ...otherBroader(dragged)]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "under", value: topic }));
  }
  form.submit();
});

document.addEventListener("dragend", () => {
  for (const item of document.querySelectorAll(".is-dragged, .is-over")) item.classList.remove("is-dragged", "is-over");
  dragged = null;
});
