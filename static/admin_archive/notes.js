// The page of a story's notes: what is typed there is kept until it has arrived.

import { forget, keep, putBack, sends } from "./typed.js";

const SENT = "note sent";
const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
if (sent && document.querySelector(".messagelist .success")) forget({ id: sent });

document.addEventListener("input", ({ target }) => keep(target.form));
document.addEventListener("submit", ({ target, submitter }) => {
  if (sends(submitter)) sessionStorage.setItem(SENT, target.id);
});
putBack(document);
