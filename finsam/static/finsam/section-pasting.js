// What is pasted into the text or dropped on it: words from other programs, and picture files.
"use strict";

import { failing } from "./section-saving.js";

export function pastingOf({ Extension, Plugin }, form, addPictures) {
  const told = document.getElementById("left-out");

  // Until it is put away, or something else is pasted: the saving soon says something else.
  function tell(sentences) {
    told.replaceChildren();
    if (!sentences.length) return;
    const list = document.createElement("ul");
    list.append(...sentences.map((each) => Object.assign(document.createElement("li"), { textContent: each })));
    const away = Object.assign(document.createElement("button"), { type: "button", textContent: "Dölj" });
    away.addEventListener("click", () => { tell([]); document.querySelector(".ProseMirror").focus(); });
    told.append(list, away);
  }

  // Whether it is dealt with here: what is our own text, or plain words, is for the editor.
  function take(editor, event, data) {
    const html = data?.getData("text/html") ?? "";
    const files = [...(data?.files ?? [])];
    if (html.includes("data-pm-slice") || (!html && !files.length)) return false;
    event.preventDefault();
    if (html && !(files.length && isOnePicture(html))) insert(editor, html, data.getData("text/plain"));
    else takeFiles(files);
    return true;
  }

  function takeFiles(files) {
    const found = files.filter((file) => file.type.startsWith("image/"));
    addPictures(found);
    tell(found.length < files.length ? ["Bara bilder kan läggas in i texten."] : []);
  }

  // The server makes it clean: it knows how lists, tables and pictures are hidden there.
  async function insert(editor, html, text) {
    tell(["Klistrar in …"]);
    try {
      const { html: clean, left_out: left } = await cleaned(html);
      editor.chain().focus().insertContent(clean).run();
      tell(left);
    } catch {
      editor.chain().focus().insertContent(text.split(/\n+/).map((line) => ({ type: "paragraph", content: line ? [{ type: "text", text: line }] : [] }))).run();
      tell(["Utan förbindelse klistras bara orden in, utan form."]);
    }
  }

  // Sent as a file: with pictures in it, it is longer than a field may be.
  async function cleaned(html) {
    const body = new FormData();
    body.set("html", new Blob([html], { type: "text/html" }), "urklipp.html");
    const response = await fetch(form.dataset.paste, { method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw failing(response);
    return response.json();
  }

  return Extension.create({
    name: "pasting",
    addProseMirrorPlugins() {
      const { editor } = this;
      const paste = (view, event) => take(editor, event, event.clipboardData);
      const drop = (view, event) => {
        if (view.dragging) return false; // moved within the text
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) view.dispatch(view.state.tr.setSelection(view.state.selection.constructor.near(view.state.doc.resolve(at.pos))));
        return take(editor, event, event.dataTransfer);
      };
      // Before ProseMirror has read what comes: its reading sets style attributes, which the policy refuses.
      return [new Plugin({ props: { handleDOMEvents: { paste, drop } } })];
    },
  });
}

// Whether there is nothing but a picture in what a program copied. It is then beside it, as a file.
function isOnePicture(html) {
  const shown = html.replace(/<!--[^]*?-->|<(style|script|head|xml)\b[^]*?<\/\1>/gi, "");
  return !shown.replace(/<[^>]*>|&nbsp;/g, "").trim() && shown.match(/<img\b/gi)?.length === 1;
}
