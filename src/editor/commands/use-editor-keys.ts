import { useCommandKeys } from "../../ui/commands/index.ts";
import { useStepClipboard } from "../clipboard/use-step-clipboard.ts";
import type { EditorContextValue } from "../services.ts";
import { editorCommands, stepAround } from "./index.ts";

/** The keys of the editor's commands, and the browser's copy and paste on its cards. */
export function useEditorKeys(editor: EditorContextValue): void {
  useCommandKeys((focused) => editorCommands(editor, stepAround(focused)));
  useStepClipboard(editor);
}
