// Writing a section: the text as in a word processor, saved while one types. The plain form beneath is what is
// sent; without script it is written in directly.
"use strict";

import { failing, savingOf } from "./section-saving.js";
import { marksOf } from "./section-marks.js";

const form = document.getElementById("section-form");
const area = document.getElementById("text");
const place = document.getElementById("editor");
const tools = document.querySelector(".writing-tools");
const inTable = tools.querySelector(".in-table");

const library = await import(form.dataset.editor);
const { Editor, Extension } = library;
const marks = marksOf(library);

// Word's tables carry their widths in style attributes, which the content policy refuses.
const Table = library.Table.extend({ renderHTML: () => ["table", ["tbody", 0]], addNodeView: () => null });
const plain = (cell) => cell.extend({ addAttributes() { const { colwidth, ...rest } = this.parent?.() ?? {}; return rest; } });

const Pasting = Extension.create({
  name: "pasting",
  addProseMirrorPlugins() {
    const { editor } = this;
    // Before ProseMirror has read what is pasted: its reading sets style attributes, which the policy refuses.
    return [new library.Plugin({ props: { handleDOMEvents: { paste: (view, event) => pasted(editor, event) } } })];
  },
});

const editor = new Editor({
  element: place,
  injectCSS: false,
  content: area.value,
  editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "rubrik", lang: "sv", spellcheck: "true" } },
  extensions: [
    library.Document, library.Paragraph, library.Text, library.HardBreak, library.History,
    library.Bold, library.Italic, library.Subscript, library.Superscript,
    library.BulletList, library.OrderedList, library.ListItem, library.Blockquote,
    Table.configure({ resizable: false }), library.TableRow, plain(library.TableHeader), plain(library.TableCell),
    library.Gapcursor, ...marks, Pasting,
  ],
  onUpdate: () => saving.changed(),
  onSelectionUpdate: showTools,
  onTransaction: showTools,
});

place.hidden = false;
area.hidden = true;
tools.hidden = false;
document.querySelector("label[for=text]").hidden = true;

const saving = savingOf(form, {
  read: () => editor.getHTML(),
  write: (html) => editor.commands.setContent(html),
  remark: showRemarks,
});
saving.recover();
showRemarks(JSON.parse(document.getElementById("first-remarks").textContent));

// -- tools ---------------------------------------------------------------------------------------

const actions = {
  bold: () => editor.chain().focus().toggleBold().run(),
  italic: () => editor.chain().focus().toggleItalic().run(),
  bulletList: () => editor.chain().focus().toggleBulletList().run(),
  orderedList: () => editor.chain().focus().toggleOrderedList().run(),
  blockquote: () => editor.chain().focus().toggleBlockquote().run(),
  table: () => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  addRowAfter: () => editor.chain().focus().addRowAfter().run(),
  addColumnAfter: () => editor.chain().focus().addColumnAfter().run(),
  deleteRow: () => editor.chain().focus().deleteRow().run(),
  deleteColumn: () => editor.chain().focus().deleteColumn().run(),
  deleteTable: () => editor.chain().focus().deleteTable().run(),
  undo: () => editor.chain().focus().undo().run(),
  redo: () => editor.chain().focus().redo().run(),
  link: askForLink,
  footnote: askForFootnote,
  reference: () => document.getElementById("reference-dialog").showModal(),
  figure: () => { document.getElementById("figure-dialog").showModal(); search(); },
};

tools.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) actions[button.dataset.do]();
});

// A pressed button leaves the focus in the text, so that no key is lost.
tools.addEventListener("mousedown", (event) => event.preventDefault());

// One stop in the tab order; arrows go between the buttons.
tools.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const buttons = [...tools.querySelectorAll("button")].filter((each) => each.offsetParent);
  const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
  for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
  next.focus();
  event.preventDefault();
});
for (const [at, button] of [...tools.querySelectorAll("button")].entries()) button.tabIndex = at ? -1 : 0;

function showTools() {
  if (!editor) return;
  for (const name of ["bold", "italic", "bulletList", "orderedList", "blockquote"]) {
    tools.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", String(editor.isActive(name)));
  }
  inTable.hidden = !editor.isActive("table");
}

// -- figures, references, links, footnotes -------------------------------------------------------

const figures = document.getElementById("figure-dialog");
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

for (const dialog of document.querySelectorAll("dialog")) {
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

document.getElementById("reference-dialog").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-section]");
  if (!button) return;
  document.getElementById("reference-dialog").close();
  const attrs = { section: button.dataset.section, shown: button.dataset.words };
  editor.chain().focus().insertContent({ type: "sectionReference", attrs }).run();
});

const words = document.getElementById("words-dialog");

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

place.addEventListener("dblclick", (event) => {
  if (event.target.closest(".live-footnote")) askForFootnote();
});

// -- what is to be looked over -------------------------------------------------------------------

function showRemarks(remarks) {
  const list = document.getElementById("text-remarks");
  list.replaceChildren(...remarks.map((remark) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("span"), { textContent: remark.said }));
    for (const offer of remark.offers.slice(0, 2)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `Byt till ${offer.name}: ${offer.shown}`;
      button.addEventListener("click", () => replaceTyped(remark, offer));
      item.append(button);
    }
    return item;
  }));
}

// Puts a live figure where the amount was typed: the place with the same words before it, else the first.
function replaceTyped(remark, offer) {
  const places = [];
  editor.state.doc.descendants((node, at) => {
    for (let from = node.isText ? node.text.indexOf(remark.text) : -1; from >= 0; from = node.text.indexOf(remark.text, from + 1)) {
      const before = editor.state.doc.textBetween(Math.max(0, at + from - 60), at + from, " ");
      places.push({ from: at + from, same: before.endsWith(remark.before.trim().slice(-12)) });
    }
  });
  const place = places.find((each) => each.same) ?? places[0];
  if (!place) { saving.say("Beloppet står inte längre så i texten."); return; }
  editor.chain().focus()
    .insertContentAt({ from: place.from, to: place.from + remark.text.length }, { type: "liveFigure", attrs: { token: offer.token, shown: offer.shown, name: offer.name } })
    .run();
}

// -- pasting -------------------------------------------------------------------------------------

// What comes from Word or the web is made clean by the server, which knows how lists and tables are hidden there.
function pasted(editor, event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html || html.includes("data-pm-slice")) return false; // plain words, or our own text
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  clean(html).then(({ html: clean, left_out: left }) => {
    editor.chain().focus().insertContent(clean).run();
    if (left?.length) saving.say(left.join(" "));
  }).catch(() => {
    editor.chain().focus().insertContent(text.split(/\n+/).map((line) => ({ type: "paragraph", content: line ? [{ type: "text", text: line }] : [] }))).run();
    saving.say("Utan förbindelse klistras bara orden in, utan form.");
  });
  return true;
}

async function clean(html) {
  const body = new FormData();
  body.set("html", html);
  const response = await fetch(form.dataset.paste, { method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
  if (!response.ok && response.status !== 422) throw failing(response);
  return response.json();
}
