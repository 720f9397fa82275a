// Writing a section: the text as in a word processor, saved while one types. The plain form beneath is what is
// sent; without script it is written in directly.
"use strict";

import { dialogsOf } from "./section-dialogs.js";
import { illustrationOf } from "./section-illustration.js";
import { marksOf } from "./section-marks.js";
import { pastingOf } from "./section-pasting.js";
import { picturesOf } from "./section-pictures.js";
import { remarksOf } from "./section-remarks.js";
import { savingOf } from "./section-saving.js";

const form = document.getElementById("section-form");
const area = document.getElementById("text");
const place = document.getElementById("editor");
const tools = document.querySelector(".writing-tools");
const inTable = tools.querySelector(".in-table");

const library = await import(form.dataset.editor);

// Word's tables carry their widths in style attributes, which the content policy refuses.
const Table = library.Table.extend({ renderHTML: () => ["table", ["tbody", 0]], addNodeView: () => null });
const plain = (cell) => cell.extend({ addAttributes() { const { colwidth, ...rest } = this.parent?.() ?? {}; return rest; } });

const editor = new library.Editor({
  element: place,
  injectCSS: false,
  content: area.value,
  editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "rubrik", lang: "sv", spellcheck: "true" } },
  extensions: [
    library.Document.extend({ content: "(block | illustration)+" }),
    library.Paragraph, library.Text, library.HardBreak, library.History,
    library.Bold, library.Italic, library.Subscript, library.Superscript,
    library.BulletList, library.OrderedList, library.ListItem, library.Blockquote,
    Table.configure({ resizable: false }), library.TableRow, plain(library.TableHeader), plain(library.TableCell),
    library.Gapcursor, ...marksOf(library),
    illustrationOf(library, { source: (key) => form.dataset.illustration.replace("KEY", key), open: (at) => pictures.change(at) }),
    pastingOf(library, form, (files) => pictures.add(files)),
  ],
  onUpdate: () => saving.changed(),
  onSelectionUpdate: showTools,
  onTransaction: showTools,
});

place.hidden = false;
area.hidden = true;
tools.hidden = false;
document.querySelector("label[for=text]").hidden = true;

const pictures = picturesOf(form, editor);
const dialogs = dialogsOf(form, editor);
const showRemarks = remarksOf(editor, (words) => saving.say(words));
const saving = savingOf(form, {
  read: () => editor.getHTML(),
  write: (html) => editor.commands.setContent(html),
  remark: showRemarks,
});
saving.recover();
showRemarks(JSON.parse(document.getElementById("first-remarks").textContent));

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
  picture: pictures.choose,
  ...dialogs,
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
