// A page of something that is being done asks how far it is, and is shown anew once it has ended.
// Without scripts the page is loaded again every few seconds.

const SECONDS_BETWEEN = 1.5;

async function ask(place) {
  const answer = await fetch(place.dataset.follow, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const text = await answer.text();
  const shown = new DOMParser().parseFromString(text, "text/html").body.firstElementChild;
  if (shown.hasAttribute("data-ended")) {
    location.reload();
    return false;
  }
  place.replaceChildren(shown);
  return true;
}

async function follow(place) {
  let goesOn = true;
  while (goesOn) {
    await new Promise((done) => setTimeout(done, SECONDS_BETWEEN * 1000));
    if (document.hidden) continue;
    try {
      goesOn = await ask(place);
    } catch {
      // The server is being started anew, or the session has ended: the next question will tell.
    }
  }
}

for (const place of document.querySelectorAll("[data-follow]")) follow(place);
