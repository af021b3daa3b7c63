export { Editor } from "./Editor.tsx";
export { EditorHeader } from "./header/EditorHeader.tsx";
export { NetworkDialog, type NetworkDialogProps } from "./network/NetworkDialog.tsx";
export type { CatalogFunctions, EditorServices } from "./services.ts";
