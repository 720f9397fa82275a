// Pictures in the text: chosen, dropped or pasted, sent to the server while one writes what they show.
"use strict";

import { LARGEST, uploadOf } from "./section-upload.js";

export function picturesOf(form, editor) {
  const dialog = document.getElementById("picture-dialog");
  const inner = dialog.querySelector("form");
  const { fil: file, alternativtext: alt, bildtext: caption } = inner.elements;
  const yes = dialog.querySelector("[value=yes]");
  const again = dialog.querySelector(".again");
  const preview = dialog.querySelector(".preview");
  const progress = dialog.querySelector("progress");
  const state = document.getElementById("picture-state");
  const upload = uploadOf(form);
  let key = ""; // of the picture that the server has
  let sending = null; // the file on its way, or that did not come through
  let waiting = false; // to be put in as soon as it has come

  // -- the dialog ------------------------------------------------------------------------------

  // Gives the picture as it was described, "remove", or null for neither.
  function ask({ chosen = null, before = null }) {
    const from = document.activeElement;
    inner.reset();
    document.getElementById("picture-title").textContent = before ? "Ändra bilden" : "Lägg in en bild";
    document.getElementById("picture-file-label").textContent = before ? "Byt bildfil" : "Bildfil";
    yes.textContent = before ? "Spara" : "Infoga";
    dialog.querySelector("[value=remove]").hidden = !before;
    for (const field of [file, alt]) complain(field, "");
    alt.value = before?.alt ?? "";
    caption.value = before?.caption ?? "";
    key = before?.key ?? "";
    sending = null;
    waiting = false;
    show();
    dialog.returnValue = "";
    dialog.showModal();
    if (chosen) send(chosen);
    else (key ? alt : file).focus();
    return new Promise((resolve) => dialog.addEventListener("close", () => {
      sending = null;
      upload.stop();
      if (from.closest(".editor-picture") && dialog.returnValue !== "remove") from.focus();
      else editor.commands.focus();
      const answer = { key, alt: words(alt), caption: words(caption) };
      resolve({ yes: answer, remove: "remove" }[dialog.returnValue] ?? null);
    }, { once: true }));
  }

  function show({ said = "", part = null, lost = false } = {}) {
    const address = key && form.dataset.illustration.replace("KEY", key);
    preview.hidden = !key;
    if (!key) preview.removeAttribute("src");
    else if (preview.getAttribute("src") !== address) preview.src = address;
    if (state.textContent !== said) state.textContent = said; // not read out again for each part of a file
    state.classList.toggle("wrong", lost);
    progress.hidden = part === null;
    progress.value = part ?? 0;
    again.hidden = !lost;
  }

  function complain(field, said) {
    document.getElementById(`${field.id}-error`).textContent = said;
    if (said) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  const isWrong = (field) => field.hasAttribute("aria-invalid");

  // -- the file --------------------------------------------------------------------------------

  async function send(chosen) {
    sending = chosen;
    complain(file, "");
    if (chosen.size > LARGEST) {
      refuse(`Bilden är ${Math.ceil(chosen.size / 1_000_000)} MB. Högst 20 MB läses: gör den mindre och välj den igen.`);
      return;
    }
    const name = chosen.name ? `${chosen.name} ` : "";
    alt.focus();
    show({ said: `${name}skickas …`, part: 0 });
    const answer = await upload.send(chosen, (part) => show({ said: `${name}skickas …`, part }));
    if (sending !== chosen) return; // another was chosen meanwhile, or none
    if (answer.key) {
      key = answer.key;
      sending = null;
      show({ said: `${name}är sparad.` });
      if (waiting) inner.requestSubmit(yes);
    } else if (answer.lost) {
      waiting = false;
      show({ said: answer.said, lost: true });
    } else refuse(answer.said);
  }

  function refuse(said) {
    waiting = false;
    sending = null;
    file.value = "";
    show();
    complain(file, said);
    file.focus();
  }

  file.addEventListener("change", () => { if (file.files[0]) send(file.files[0]); });
  again.addEventListener("click", () => send(sending));
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());

  inner.addEventListener("submit", (event) => {
    if (event.submitter !== yes) return;
    complain(alt, words(alt) ? "" : "Skriv vad bilden visar.");
    if (sending || key) complain(file, ""); // of one that was refused; the picture that was there stays
    else if (!isWrong(file)) complain(file, "Välj en bildfil.");
    const wrong = [file, alt].find(isWrong);
    if (wrong || sending) event.preventDefault();
    if (wrong) wrong.focus();
    else if (sending) {
      waiting = true;
      if (again.hidden) state.textContent = "Bilden skickas, och läggs in när den har kommit fram.";
      else send(sending);
    }
  });

  // -- in the text -----------------------------------------------------------------------------

  // Asks for each file in turn, and puts the pictures after each other where one writes.
  async function add(files) {
    for (const chosen of files) insert(await ask({ chosen }));
  }

  // After the paragraph, list or table that one writes in; in place of a paragraph that is empty.
  function insert(picture) {
    if (!picture) return;
    editor.chain().command(({ tr }) => {
      const { illustration, paragraph } = tr.doc.type.schema.nodes;
      const { $to } = tr.selection;
      const [from, to] = placeAt($to, paragraph);
      const node = illustration.create(picture);
      const after = from + node.nodeSize;
      tr.replaceWith(from, to, node);
      if (after === tr.doc.content.size) tr.insert(after, paragraph.create()); // to go on writing in
      tr.setSelection(tr.selection.constructor.near(tr.doc.resolve(after)));
      return true;
    }).scrollIntoView().run();
  }

  // The same dialog for a picture that stands in the text.
  async function change(at) {
    const node = editor.state.doc.nodeAt(at);
    const answer = await ask({ before: node.attrs });
    if (!answer || editor.state.doc.nodeAt(at) !== node) return;
    editor.chain().command(({ tr }) => {
      if (answer === "remove") tr.delete(at, at + node.nodeSize);
      else tr.setNodeMarkup(at, undefined, answer);
      return true;
    }).run();
  }

  return { add, change, choose: async () => insert(await ask({})) };
}

// The range of the document that a picture takes.
function placeAt($at, paragraph) {
  if (!$at.depth) return [$at.pos, $at.pos];
  const [before, after] = [$at.before(1), $at.after(1)];
  const block = $at.node(1);
  if (block.type === paragraph && !block.content.size) return [before, after];
  return $at.depth === 1 && !$at.parentOffset ? [before, before] : [after, after];
}

// What a field says, on one line.
function words(field) {
  return field.value.replace(/\s+/g, " ").trim();
}
