// Computes the hash of a chosen file and asks for what has it. Only the hash is sent, never the file or its name.
"use strict";

const zone = document.getElementById("valj");
const input = document.getElementById("fil");
const form = document.getElementById("kontrollera");
const answer = document.getElementById("svar");
const UNREADABLE = "Filen gick inte att läsa. Är den öppen i ett annat program, eller för stor? Du kan räkna ut kontrollsumman själv.";
const NO_CONNECTION = "Ingen förbindelse med Finsam. Kontrollsumman är uträknad och står i rutan: försök igen om en stund.";
let asked = 0;

async function check(file) {
  const mine = ++asked;
  tell(file, "Räknar ut kontrollsumman …");
  let hash;
  try {
    hash = hexadecimal(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  } catch {
    if (mine === asked) tell(file, UNREADABLE);
    return;
  }
  if (mine !== asked) return; // another file was chosen meanwhile
  form.elements.summa.value = hash;
  let found;
  try {
    const response = await fetch(`${form.action}?${new URLSearchParams({ summa: hash })}`);
    found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".answer");
  } catch {
    found = null;
  }
  if (mine !== asked) return;
  if (found) answer.replaceChildren(nameOf(file), document.importNode(found, true));
  else tell(file, NO_CONNECTION);
}

function hexadecimal(digest) {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function tell(file, text) {
  answer.replaceChildren(nameOf(file), paragraph(text, ""));
}

function nameOf(file) {
  return paragraph(file.name, "of-file");
}

function paragraph(text, className) {
  const made = document.createElement("p");
  made.textContent = text;
  made.className = className;
  return made;
}

if (window.isSecureContext && crypto.subtle) {
  zone.hidden = false;
  input.addEventListener("change", () => {
    if (input.files.length) check(input.files[0]);
  });
  // A file dropped anywhere on the page is checked, instead of opened by the browser in place of the page.
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    check(input.files[0]);
  });
} else {
  document.getElementById("osaker").hidden = false;
}
