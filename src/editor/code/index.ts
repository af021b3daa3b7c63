export { CodeEditor, type CodeEditorProps, type CodeHandle, preloadCodeEditor } from "./CodeEditor.tsx";
export type { CodeError } from "./error-mark.ts";
export { keepOnlyModels } from "./models.ts";
