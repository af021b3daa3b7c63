/** One Monaco with the modules that the product loads, and nothing around it. */
import { monaco } from "../../../src/editor/code/monaco.ts";

const container = document.getElementById("editor");
if (!container) throw new Error("There is no #editor.");
monaco.editor.create(container, {
  value: 'def handler(pd: "pipedream"):\n    return 1\n',
  language: "python",
  minimap: { enabled: false },
});
