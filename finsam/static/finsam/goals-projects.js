// The order of the insatser, moved by their handles (goals-moving.js). Without script buttons do the same.
"use strict";

import { arrange } from "./goals-moving.js";

const notice = document.getElementById("notice");
const list = () => document.getElementById("project-list");

async function send(address, body, moved) {
  let page;
  try {
    const response = await fetch(address, { method: "POST", body });
    if (response.ok) page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    // not reached: said below
  }
  const fresh = page?.getElementById("project-list");
  notice.replaceChildren(...(fresh ? [] : [Object.assign(document.createElement("p"), { textContent: "Det gick inte, så inget är ändrat. Läs in sidan på nytt och försök igen." })]));
  if (!fresh) return false;
  list().replaceWith(document.importNode(fresh, true));
  ready();
  document.querySelector(`#${moved} .handle`)?.focus();
  return !fresh.querySelector("[role=alert]");
}

function ready() {
  for (const each of list().querySelectorAll(".handle, .with-script")) each.hidden = false;
  arrange(list(), send);
}

ready();
