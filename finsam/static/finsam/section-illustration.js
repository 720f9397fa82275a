// A picture in the text: an empty element that names it, shown with its alternative text and its caption.
"use strict";

export function illustrationOf({ Node }, { source, open }) {
  const written = (name, attribute) => ({
    default: "",
    parseHTML: (img) => img.getAttribute(attribute) ?? "",
    renderHTML: (attrs) => ({ [attribute]: attrs[name] }),
  });

  return Node.create({
    name: "illustration",
    group: "illustration", // not "block": a picture stands in no list, table or quotation
    atom: true,
    draggable: true,
    addAttributes: () => ({
      key: written("key", "data-picture"),
      alt: written("alt", "alt"),
      caption: written("caption", "data-caption"),
    }),
    parseHTML: () => [{ tag: "img[data-picture]" }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes], // without src: nothing is fetched while one types
    addKeyboardShortcuts() {
      return {
        Enter: () => {
          const { node, from } = this.editor.state.selection;
          if (node?.type.name !== this.name) return false;
          open(from);
          return true;
        },
      };
    },
    addNodeView: () => ({ node, getPos }) => viewOf(node, source, () => open(getPos())),
  });
}

function viewOf(node, source, open) {
  const dom = element("figure", "editor-picture");
  const picture = dom.appendChild(element("img"));
  const caption = dom.appendChild(element("figcaption"));
  const words = dom.appendChild(element("p", "alternative"));
  const button = dom.appendChild(element("button"));
  let lost = false;
  picture.draggable = false; // the whole figure is
  button.type = "button";
  button.textContent = "Ändra bilden";
  button.addEventListener("click", () => { button.focus(); open(); }); // where one comes back to
  dom.addEventListener("dblclick", open);
  picture.addEventListener("error", () => { lost = true; show(); });

  function show() {
    const { key, alt } = node.attrs;
    picture.alt = alt;
    picture.hidden = lost;
    caption.textContent = node.attrs.caption;
    caption.hidden = !node.attrs.caption;
    words.textContent = (lost ? "■ Bilden går inte att visa. " : "") + (alt ? `Alternativtext: ${alt}` : "▲ Alternativtext saknas");
    words.classList.toggle("missing", !alt);
    button.setAttribute("aria-label", alt ? `Ändra bilden: ${alt}` : "Ändra bilden");
    if (picture.getAttribute("src") !== source(key)) { lost = false; picture.src = source(key); }
  }

  show();
  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false;
      node = next;
      show();
      return true;
    },
    stopEvent: (event) => event.target === button,
    ignoreMutation: () => true,
  };
}

function element(tag, className = "") {
  return Object.assign(document.createElement(tag), { className });
}
