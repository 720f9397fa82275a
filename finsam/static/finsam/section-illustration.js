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

function viewOf(first, source, open) {
  const dom = element("figure", "illustration");
  const picture = dom.appendChild(element("img"));
  const caption = dom.appendChild(element("figcaption"));
  const words = dom.appendChild(element("p", "alternative"));
  const button = dom.appendChild(element("button"));
  picture.draggable = false; // the whole figure is
  picture.addEventListener("error", () => dom.classList.add("lost"));
  button.type = "button";
  button.textContent = "Ändra bilden";
  button.addEventListener("click", open);
  dom.addEventListener("dblclick", open);

  function show({ attrs }) {
    const address = source(attrs.key);
    if (picture.getAttribute("src") !== address) picture.src = address;
    picture.alt = attrs.alt;
    caption.textContent = attrs.caption;
    caption.hidden = !attrs.caption;
    words.textContent = attrs.alt ? `Alternativtext: ${attrs.alt}` : "▲ Alternativtext saknas";
    words.classList.toggle("missing", !attrs.alt);
    button.setAttribute("aria-label", `Ändra bilden${attrs.alt ? `: ${attrs.alt}` : ""}`);
  }

  show(first);
  return {
    dom,
    update: (node) => node.type === first.type && (show(node), true),
    stopEvent: (event) => event.target === button,
    ignoreMutation: () => true,
  };
}

function element(tag, className = "") {
  return Object.assign(document.createElement(tag), { className });
}
