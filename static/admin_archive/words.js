// The words of a body on the review desk, and which of them are selected: by the mouse as everywhere, or by keys, word by
// word. A place is an offset into the body in Unicode code points, as the archive counts them.

const body = () => document.getElementById("story-body");
const runs = () => [...body().querySelectorAll("[data-start]")];
const lengthOf = (text) => Array.from(text).length;

// From the page to the body, and back

function placeOf(node, offset) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!run) return null;
  const before = document.createRange();
  before.setStart(run, 0);
  before.setEnd(node, offset);
  return Number(run.dataset.start) + lengthOf(before.toString());
}

function pointAt(place, { ending = false } = {}) {
  const holds = (run) => {
    const start = Number(run.dataset.start);
    const end = start + lengthOf(run.textContent);
    return ending ? start < place && place <= end : start <= place && place < end;
  };
  const run = runs().find(holds);
  if (!run) return null;
  const offset = Array.from(run.textContent).slice(0, place - Number(run.dataset.start)).join("").length;
  return [run.firstChild, offset];
}

// The words selected: what they are, and their place without the blanks around them

export function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!body().contains(range.startContainer) || !body().contains(range.endContainer)) return null;
  const words = selection.toString();
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  const blank = (text) => lengthOf(text.match(/^\s*/)[0]);
  const span = [start + blank(words), end - blank([...words].reverse().join(""))];
  return span[0] < span[1] ? { words: words.trim(), span } : null;
}

// By keys: one end of the selection stands, the other moves. A word is what stands between blanks and quotation marks.

let standing = null;
let moving = null;

function words() {
  return [...body().querySelectorAll("p, h3")].flatMap((block) => {
    const first = block.querySelector("[data-start]");
    if (!first) return [];
    const text = block.textContent;
    return [...text.matchAll(/[^\s“”"«»„]+/gu)].map(({ 0: word, index }) => {
      const start = Number(first.dataset.start) + lengthOf(text.slice(0, index));
      return [start, start + lengthOf(word)];
    });
  });
}

function show() {
  const [from, to] = standing[0] <= moving[0] ? [standing, moving] : [moving, standing];
  const start = pointAt(from[0]);
  const end = pointAt(to[1], { ending: true });
  if (!start || !end) return;
  getSelection().setBaseAndExtent(...start, ...end);
  end[0].parentElement.scrollIntoView({ block: "nearest" });
}

// Into the body, at the words of these spans, or at its first word.
export function enter(spans) {
  const all = words();
  if (!all.length) return;
  const within = spans.length ? all.filter(([start, end]) => end > spans[0][0] && start < spans[0][1]) : [];
  standing = within[0] ?? all[0];
  moving = within.at(-1) ?? all[0];
  body().focus({ preventScroll: true });
  show();
}

// The other end of the selection is the one that moves from now on.
export function turn() {
  [standing, moving] = [moving, standing];
}

// Of several words, one alone is chosen first: the first or the last of them, by where it goes.
export function move(by, { extend }) {
  const all = words();
  const among = (word) => all.findIndex(([start]) => start >= word[0]);
  const several = standing && among(standing) !== among(moving);
  if (!extend && several) {
    const ends = [standing, moving].sort((one, other) => one[0] - other[0]);
    standing = moving = by > 0 ? ends[0] : ends[1];
  } else {
    moving = all[Math.min(Math.max(moving ? among(moving) + by : 0, 0), all.length - 1)];
    if (!extend || !standing) standing = moving;
  }
  show();
}

export const isIn = (target) => body().contains(target);
