// What a text holds beside words: live figures, references to sections, footnotes, links. Each is written as the
// document's vocabulary has it (plans/text/sanitising.py).
"use strict";

export function marksOf({ Node, Mark }) {
  const inline = { group: "inline", inline: true, atom: true, selectable: true };

  const LiveFigure = Node.create({
    ...inline,
    name: "liveFigure",
    addAttributes: () => ({
      token: { parseHTML: (span) => span.dataset.figure, rendered: false },
      shown: { parseHTML: (span) => span.textContent, rendered: false },
      name: { default: "", rendered: false },
    }),
    parseHTML: () => [{ tag: "span[data-figure]", priority: 100 }],
    renderHTML: ({ node }) => ["span", { "data-figure": node.attrs.token }, node.attrs.shown || ""],
    addNodeView: () => ({ node }) => {
      const dom = document.createElement("span");
      dom.className = "live-figure";
      dom.classList.toggle("missing", node.attrs.shown.startsWith("["));
      dom.textContent = node.attrs.shown;
      dom.title = node.attrs.name || "Levande belopp: följer budgeten";
      return { dom };
    },
  });

  const SectionReference = Node.create({
    ...inline,
    name: "sectionReference",
    addAttributes: () => ({
      section: { parseHTML: (link) => link.dataset.section, rendered: false },
      shown: { parseHTML: (link) => link.textContent, rendered: false },
    }),
    parseHTML: () => [{ tag: "a[data-section]", priority: 100 }],
    renderHTML: ({ node }) => ["a", { "data-section": node.attrs.section }, node.attrs.shown || ""],
    addNodeView: () => ({ node }) => {
      const dom = document.createElement("span");
      dom.className = "live-reference";
      dom.textContent = node.attrs.shown;
      dom.title = "Hänvisning: numret följer avsnittet";
      return { dom };
    },
  });

  const Footnote = Node.create({
    ...inline,
    name: "footnote",
    addAttributes: () => ({ note: { parseHTML: (span) => span.dataset.footnote, rendered: false } }),
    parseHTML: () => [{ tag: "span[data-footnote]", priority: 100 }],
    renderHTML: ({ node }) => ["span", { "data-footnote": node.attrs.note }],
    addNodeView: () => ({ node }) => {
      const dom = document.createElement("span");
      dom.className = "live-footnote";
      dom.textContent = "fotnot";
      dom.title = node.attrs.note;
      return { dom };
    },
  });

  const WebLink = Mark.create({
    name: "webLink",
    inclusive: false,
    addAttributes: () => ({ href: {} }),
    parseHTML: () => [{ tag: "a[href]" }],
    renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  });

  return [LiveFigure, SectionReference, Footnote, WebLink];
}
