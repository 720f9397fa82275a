// What one chooses or writes beside the text, to put in it: live figures, references, links, footnotes.
"use strict";

export function dialogsOf(form, editor) {
  const figures = document.getElementById("figure-dialog");
  const references = document.getElementById("reference-dialog");
  const words = document.getElementById("words-dialog");
  const query = document.getElementById("figure-search");
  const list = document.getElementById("figure-list");
  const told = document.getElementById("figure-status");
  let asked = 0;

  async function search() {
    const mine = ++asked;
    const response = await fetch(`${form.dataset.figures}?${new URLSearchParams({ sok: query.value })}`).catch(() => null);
    if (mine !== asked) return;
    if (!response?.ok) { told.textContent = "Listan går inte att hämta just nu."; return; }
    const found = (await response.json()).figures;
    list.replaceChildren(...found.map((each) => choice(each.name, each.shown, () => insertFigure(each))));
    told.textContent = found.length ? `${found.length} att välja på.` : "Inget belopp har de orden i sitt namn.";
  }

  function choice(name, value, chosen) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const shown = document.createElement("span");
    button.type = "button";
    button.textContent = name;
    shown.className = "value";
    shown.textContent = value;
    button.append(shown);
    button.addEventListener("click", chosen);
    item.append(button);
    return item;
  }

  function insertFigure({ token, shown, name }) {
    figures.close();
    editor.chain().focus().insertContent({ type: "liveFigure", attrs: { token, shown, name } }).run();
  }

  query.addEventListener("input", () => { clearTimeout(search.waits); search.waits = setTimeout(search, 150); });
  query.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    const first = list.querySelector("button");
    if (event.key === "Enter") first?.click();
    else first?.focus();
  });

  for (const dialog of [figures, references, words]) {
    dialog.querySelector(".close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => editor.commands.focus());
    dialog.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const buttons = [...dialog.querySelectorAll(".choices button")];
      const at = buttons.indexOf(document.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      (buttons[at + step] ?? dialog.querySelector("input") ?? buttons[at]).focus();
    });
  }

  references.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-section]");
    if (!button) return;
    references.close();
    const attrs = { section: button.dataset.section, shown: button.dataset.words };
    editor.chain().focus().insertContent({ type: "sectionReference", attrs }).run();
  });

  // One dialog for a link's address and a footnote's words. Gives the words, "" to take it away, null for neither.
  function ask(title, name, value, check) {
    document.getElementById("words-title").textContent = title;
    document.getElementById("words-label").textContent = name;
    const field = document.getElementById("words");
    const error = document.getElementById("words-error");
    field.value = value;
    error.textContent = "";
    words.querySelector("[value=remove]").hidden = !value;
    words.returnValue = "";
    words.showModal();
    field.select();
    return new Promise((resolve) => {
      const entered = (event) => {
        if (event.submitter?.value !== "yes") return;
        const wrong = check(field.value.trim());
        error.textContent = wrong;
        if (wrong) event.preventDefault();
      };
      const form = words.querySelector("form");
      form.addEventListener("submit", entered);
      words.addEventListener("close", () => {
        form.removeEventListener("submit", entered);
        resolve({ yes: field.value.trim(), remove: "" }[words.returnValue] ?? null);
      }, { once: true });
    });
  }

  async function askForLink() {
    const before = editor.getAttributes("webLink").href ?? "";
    const address = await ask("Länk", "Adress", before, (typed) =>
      /^(https?:\/\/|mailto:|tel:)\S+$/i.test(typed) ? "" : "Skriv hela adressen, till exempel https://www.finsam.se.");
    if (address === null) return;
    const chain = editor.chain().focus().extendMarkRange("webLink");
    if (!address) chain.unsetMark("webLink").run();
    else if (editor.state.selection.empty && !before) chain.insertContent({ type: "text", text: address, marks: [{ type: "webLink", attrs: { href: address } }] }).run();
    else chain.setMark("webLink", { href: address }).run();
  }

  async function askForFootnote() {
    const before = editor.getAttributes("footnote").note ?? "";
    const note = await ask("Fotnot", "Fotnotens text", before, (typed) => (typed ? "" : "Skriv vad fotnoten ska säga."));
    if (note === null) return;
    if (!note) editor.chain().focus().deleteSelection().run();
    else editor.chain().focus().insertContent({ type: "footnote", attrs: { note } }).run();
  }

  editor.view.dom.addEventListener("click", (event) => {
    if (event.target.closest(".live-footnote")) askForFootnote();
  });

  return {
    link: askForLink,
    footnote: askForFootnote,
    reference: () => references.showModal(),
    figure: () => { figures.showModal(); search(); },
  };
}
