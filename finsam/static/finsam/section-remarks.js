// Amounts that the text says by hand, each with the live figure it may be meant to be.
"use strict";

export function remarksOf(editor, say) {
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
    if (!place) { say("Beloppet står inte längre så i texten."); return; }
    editor.chain().focus()
      .insertContentAt({ from: place.from, to: place.from + remark.text.length }, { type: "liveFigure", attrs: { token: offer.token, shown: offer.shown, name: offer.name } })
      .run();
  }

  return showRemarks;
}
