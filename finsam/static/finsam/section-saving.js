// Saves the text as it is written, keeps it in the browser until it is saved, and shows both texts when another
// person has changed the same section.
"use strict";

const WAIT = 800; // milliseconds without typing before it is saved
const AGAIN = 5000; // between tries without a connection

export function failing(response) {
  return new Error(`svar ${response.status}`);
}

export function savingOf(form, { read, write, remark }) {
  const state = document.getElementById("state");
  const meeting = document.getElementById("meeting");
  const revision = form.elements.revision;
  let waits = null;
  let sending = false;
  let saved = null; // the text as last saved, by this page's own words
  let stopped = false; // while two texts wait for a choice

  const say = (words, wrong = false) => {
    state.textContent = words;
    state.classList.toggle("wrong", wrong);
  };
  const keep = () => {
    try {
      localStorage.setItem(form.dataset.draft, JSON.stringify({ text: read(), revision: revision.value, at: Date.now() }));
    } catch { /* a full or forbidden storage: the page still has the text */ }
  };
  const forget = () => {
    try { localStorage.removeItem(form.dataset.draft); } catch { /* as above */ }
  };

  function changed() {
    keep();
    if (stopped) return;
    say("Ändrad, sparas strax …");
    clearTimeout(waits);
    waits = setTimeout(save, WAIT);
  }

  async function save() {
    clearTimeout(waits);
    if (sending) { waits = setTimeout(save, WAIT); return; }
    const text = read();
    if (text === saved) return;
    sending = true;
    const body = new FormData(form);
    body.set("text", text);
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    sending = false;
    if (!response || response.status >= 500) {
      say("Ingen förbindelse. Texten är kvar här i webbläsaren och sparas när det går.", true);
      waits = setTimeout(save, AGAIN);
      return;
    }
    if (response.redirected || !response.headers.get("Content-Type")?.startsWith("application/json")) {
      say("Du är utloggad. Texten är kvar här i webbläsaren. Logga in i en annan flik, så sparas den.", true);
      waits = setTimeout(save, AGAIN);
      return;
    }
    const answer = await response.json();
    if (response.status === 409 && answer.theirs) { meet(answer); return; }
    if (!response.ok) { say(answer.said, true); return; }
    saved = text;
    revision.value = answer.revision;
    document.getElementById("preview").innerHTML = answer.preview; // made by the server from the small vocabulary
    if (read() === text) {
      forget();
      say(`Sparat ${answer.saved}`);
      remark(answer.remarks);
    } else changed();
  }

  // Both texts, to choose from. Nothing is sent until one is chosen.
  function meet({ said, theirs }) {
    stopped = true;
    say(said, true);
    meeting.replaceChildren();
    meeting.className = "conflict";
    const words = document.createElement("p");
    words.textContent = `${theirs.who || "Någon annan"} har ändrat samma text${theirs.when ? ` ${theirs.when}` : ""}. Din text står kvar ovanför; den sparade står här:`;
    const text = document.createElement("div");
    text.className = "document";
    const inner = document.createElement("div");
    inner.className = "text";
    inner.innerHTML = theirs.preview; // as above
    text.append(inner);
    meeting.append(words, text, button("Behåll min text", () => choose(read())), button("Ta den sparade texten", () => choose(null)));
    meeting.hidden = false; // the focus stays in the text: a key on its way there must choose nothing

    function choose(text) {
      stopped = false;
      meeting.hidden = true;
      revision.value = theirs.revision;
      if (text === null) {
        write(theirs.text);
        saved = read();
        forget();
        document.getElementById("preview").innerHTML = theirs.preview;
        say("Den sparade texten gäller.");
      } else save();
    }
  }

  function button(words, chosen) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", chosen);
    return made;
  }

  // What a closed laptop or a lost connection left unsaved.
  function recover() {
    saved = read();
    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(form.dataset.draft)); } catch { /* no draft */ }
    if (!draft || draft.text === saved) { forget(); return; }
    stopped = true;
    meeting.className = "conflict";
    const words = document.createElement("p");
    words.textContent = `Här finns text som du skrev ${new Date(draft.at).toLocaleString("sv-SE")} och som inte hann sparas.`;
    meeting.replaceChildren(
      words,
      button("Ta fram den", () => { open(); write(draft.text); changed(); }),
      button("Kasta den", () => { open(); forget(); }),
    );
    meeting.hidden = false;

    function open() {
      stopped = false;
      meeting.hidden = true;
    }
  }

  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => {
    if (!stopped && read() !== saved && saved !== null) { keep(); save(); event.preventDefault(); }
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && !stopped) save(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });

  return { changed, save, recover, say };
}
