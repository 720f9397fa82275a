// The texts of a form as in a word processor. The plain fields beneath are what is sent, and hold what was stored
// until something is changed; without script they are written in directly.
"use strict";

import { marksOf } from "./section-marks.js";

const form = document.querySelector(".goal-form");
const areas = form.querySelectorAll("textarea[data-text]");
const BUTTONS = [
  ["bold", "Fet", (chain) => chain.toggleBold()],
  ["italic", "Kursiv", (chain) => chain.toggleItalic()],
  ["bulletList", "Punkter", (chain) => chain.toggleBulletList()],
  ["orderedList", "Numrerad", (chain) => chain.toggleOrderedList()],
];

if (areas.length) {
  const library = await import(form.dataset.editor);
  // A picture stands in a section, where it can be changed: a text with one is left as it is written.
  for (const area of areas) if (!area.value.includes("<img")) edit(library, area);
}

function edit(library, area) {
  const place = document.createElement("div");
  const label = form.querySelector(`label[for="${area.id}"]`);
  label.id = `${area.id}_label`;
  area.before(place);
  const described = area.getAttribute("aria-describedby");
  const editor = new library.Editor({
    element: place,
    injectCSS: false,
    content: area.value,
    editorProps: {
      attributes: {
        role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, lang: "sv", spellcheck: "true",
        ...(described && { "aria-describedby": described }),
        ...(area.getAttribute("aria-invalid") && { "aria-invalid": "true" }),
      },
    },
    extensions: extensionsOf(library),
    onUpdate: ({ editor }) => { area.value = editor.isEmpty ? "" : editor.getHTML(); },
    onTransaction: ({ editor }) => show(editor, tools),
  });
  const tools = toolbar(editor);
  place.before(tools);
  show(editor, tools);
  area.hidden = true;
  label.addEventListener("click", (event) => { event.preventDefault(); editor.commands.focus(); });
}

function extensionsOf(library) {
  // Word's tables carry their widths in style attributes, which the content policy refuses.
  const Table = library.Table.extend({ renderHTML: () => ["table", ["tbody", 0]], addNodeView: () => null });
  const plain = (cell) => cell.extend({ addAttributes() { const { colwidth, ...rest } = this.parent?.() ?? {}; return rest; } });
  const Pasting = library.Extension.create({
    name: "pasting",
    addProseMirrorPlugins() {
      const { editor } = this;
      // Before ProseMirror has read what is pasted: its reading sets style attributes, which the policy refuses.
      return [new library.Plugin({ props: { handleDOMEvents: { paste: (view, event) => pasted(editor, event) } } })];
    },
  });
  return [
    library.Document, library.Paragraph, library.Text, library.HardBreak, library.History,
    library.Bold, library.Italic, library.Subscript, library.Superscript,
    library.BulletList, library.OrderedList, library.ListItem, library.Blockquote,
    Table.configure({ resizable: false }), library.TableRow, plain(library.TableHeader), plain(library.TableCell),
    library.Gapcursor, ...marksOf(library), Pasting,
  ];
}

function toolbar(editor) {
  const tools = document.createElement("div");
  tools.className = "text-tools";
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "Form på texten");
  for (const [name, words, act] of BUTTONS) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    button.dataset.name = name;
    button.addEventListener("click", () => act(editor.chain().focus()).run());
    tools.append(button);
  }
  return tools;
}

function show(editor, tools) {
  for (const button of tools?.children ?? []) button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.name)));
}

// What is pasted is cleaned by Finsam: Word's bullets become real lists, dirt is dropped.
// What is our own text, or plain words, is for the editor.
function pasted(editor, event) {
  const html = event.clipboardData.getData("text/html");
  if (!html || html.includes("data-pm-slice")) return false;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  clean(html).then((good) => editor.chain().focus().insertContent(good || escaped(text)).run());
  return true;
}

async function clean(html) {
  const body = new FormData();
  body.set("html", new Blob([html], { type: "text/html" }), "urklipp.html");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  try {
    const response = await fetch(form.dataset.paste, { method: "POST", body, headers });
    return response.ok ? (await response.json()).html : "";
  } catch {
    return "";
  }
}

function escaped(text) {
  const line = document.createElement("p");
  return text.split(/\n\s*\n/).map((each) => { line.textContent = each.replace(/\s+/g, " ").trim(); return line.outerHTML; }).join("");
}
