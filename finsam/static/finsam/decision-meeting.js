// Counts the meeting anew when something in the form is changed. Without script the button Räkna does it.
"use strict";

const form = document.getElementById("sammantrade");
const COUNTED = ["raknat", "roster"];
let asked = 0;

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
    else old.replaceWith(document.importNode(fresh, true));
  }
}

for (const each of form.querySelectorAll(".without-script")) each.hidden = true;
form.addEventListener("change", (event) => {
  if (event.target.closest("section")) count(event.target);
});
