export { CodeDiff } from "./CodeDiff.tsx";
export { CodeEditor, type CodeEditorProps, type CodeHandle, preloadCodeEditor } from "./CodeEditor.tsx";
export type { CompletionRoots } from "./completion.ts";
export {
  type CodeSelection,
  lastFocused,
  offsetAt,
  putCursor,
  selectionOf,
  showDropCursor,
} from "./cursors.ts";
export type { CodeError } from "./error-mark.ts";
export type { LanguageStore, StepLanguage } from "./language/attach.ts";
export { codeHeight } from "./metrics.ts";
export { forgetModels, keepOnlyModels } from "./models.ts";
