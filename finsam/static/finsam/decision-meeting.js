// Counts the meeting anew when something in the form is changed; without script the button Räkna does it. Asks
// before what is not saved is left.
"use strict";

const form = document.getElementById("sammantrade");
const COUNTED = ["raknat", "roster"];
let asked = 0;
let unsaved = "unsaved" in form.dataset; // the page is an answer to what was typed before
let sent = false;

async function count(changed) {
  const mine = ++asked;
  const body = new FormData(form);
  body.set("do", "count");
  let page;
  try {
    const answer = await fetch(location.pathname, { method: "POST", body });
    if (!answer.ok || answer.redirected) return; // saving will say why
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // the figures stay as they were until Finsam is reached again
  }
  if (mine !== asked) return; // changed again meanwhile
  for (const id of COUNTED) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (!fresh || !old) continue;
    if (old.contains(changed)) old.querySelector(".tally")?.replaceWith(...fresh.querySelectorAll(".tally"));
    else replace(old, document.importNode(fresh, true));
  }
}

// Who has gone on to a field of what is replaced stands in it afterwards too.
function replace(old, fresh) {
  const field = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  if (!field?.name) return;
  const same = [...form.elements].find((each) => each.name === field.name && each.value === field.value);
  same?.focus();
}

for (const each of form.querySelectorAll(".without-script")) each.hidden = true;
// What is being typed is counted when it is done; an answer that is on its way does not know of it.
form.addEventListener("input", (event) => {
  unsaved = true;
  if (COUNTED.some((id) => event.target.closest(`#${id}`))) asked += 1;
});
form.addEventListener("change", (event) => {
  if (event.target.closest("section")) count(event.target);
});
form.addEventListener("submit", () => { sent = true; });
window.addEventListener("pageshow", () => { sent = false; }); // also when one comes back to it
window.addEventListener("beforeunload", (event) => {
  if (unsaved && !sent) event.preventDefault();
});
