// The board of goals as something to rearrange without a new page. Moving is in goals-moving.js. Without script
// the same is done by plain forms and links.
"use strict";

import { arrange } from "./goals-moving.js";

const notice = document.getElementById("notice");
const HEADERS = { "X-Requested-With": "goals" };

const root = () => document.getElementById("goals");

function complain(text) {
  const line = Object.assign(document.createElement("p"), { textContent: text });
  notice.replaceChildren(...(text ? [line] : []));
}

// Asks, and shows the board that is answered in place of the old one.
async function send(address, body, moved) {
  let response;
  try {
    response = await fetch(address, { method: "POST", body, headers: HEADERS });
  } catch {
    complain("Det gick inte att nå Finsam, så inget är ändrat. Försök igen.");
    return false;
  }
  if (response.redirected) { location.reload(); return false; } // signed out meanwhile
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("goals");
  if (!fresh) {
    complain("Det gick inte. Läs in sidan på nytt.");
    return false;
  }
  complain("");
  replace(fresh, moved);
  return response.ok;
}

function replace(fresh, moved) {
  const focused = document.activeElement;
  const row = focused?.closest?.("[data-kind]");
  const what = focused?.matches?.(".handle") ? ".handle" : "summary";
  const place = moved ?? row?.id;
  const opened = root().querySelector(".outline-history")?.open;
  const next = document.importNode(fresh, true);
  root().replaceWith(next);
  ready();
  const history = next.querySelector(".outline-history");
  if (history && opened) history.open = true;
  const again = place && document.getElementById(place);
  const target = again?.querySelector(`:scope > .goal-head ${what}`);
  (target ?? next.querySelector(".message [href], .undo button") ?? next.querySelector("a"))?.focus({ preventScroll: !!target });
  again?.scrollIntoView({ block: "nearest" });
}

function ready() {
  for (const each of root().querySelectorAll(".handle, .with-script")) each.hidden = false;
  arrange(root(), send);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#change")) return;
  event.preventDefault();
  const button = event.submitter;
  send(button.getAttribute("formaction"), new FormData(event.target, button));
});

// -- menus --------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  for (const menu of root().querySelectorAll(".row-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".row-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

ready();
