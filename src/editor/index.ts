export { paletteCommands } from "./commands/index.ts";
export { Editor } from "./Editor.tsx";
export { EditorHeader } from "./header/EditorHeader.tsx";
export { NetworkDialog, type NetworkDialogProps } from "./network/NetworkDialog.tsx";
export type { AppHosts, CatalogFunctions, EditorServices, LanguageServices } from "./services.ts";
export { createViewStore } from "./view.ts";
