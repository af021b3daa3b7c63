let node: HTMLElement | null = null;

/**
 * Where editors put what is shown above everything: suggestions, hovers, the box for a new name. Not inside of them: the cards clip what
 * they hold (`content-visibility`), and what is fixed in a card is fixed to it.
 */
export function widgetsNode(): HTMLElement {
  if (node === null) {
    node = document.createElement("div");
    // Monaco's styles and colours go by this class.
    node.className = "monaco-editor";
    // Above the header, below dialogs.
    Object.assign(node.style, { position: "absolute", top: "0", left: "0", zIndex: "30" });
    document.body.append(node);
  }
  return node;
}
