import { toast } from "../../../ui/index.ts";
import { formatPython } from "../../language/format-python.ts";
import { uriOf } from "../models.ts";
import type { monaco as Monaco } from "../monaco.ts";
import { fixableMarks, languageOf, markerOf, openStepOf } from "./attach.ts";
import { fromRange, markdown, signalOf, toPosition } from "./convert.ts";

/** Everything but completion that the language session knows, as Monaco asks for it. */
export function registerLanguage(monaco: typeof Monaco): void {
  const { languages } = monaco;
  languages.registerHoverProvider("python", {
    async provideHover(model, position, token) {
      const hover = await openStepOf(model)?.hover(toPosition(position), signalOf(token));
      const content = markdown(hover?.contents);
      if (!hover || content === null) return null;
      return { contents: [content], ...(hover.range ? { range: fromRange(hover.range) } : {}) };
    },
  });
  languages.registerSignatureHelpProvider("python", {
    signatureHelpTriggerCharacters: ["(", ","],
    signatureHelpRetriggerCharacters: [")"],
    async provideSignatureHelp(model, position, token) {
      const help = await openStepOf(model)?.signature(toPosition(position), signalOf(token));
      if (!help || help.signatures.length === 0) return null;
      const activeSignature = help.activeSignature ?? 0;
      const signatures = help.signatures.map(
        ({ label, documentation, parameters = [], activeParameter }) => ({
          label,
          parameters: parameters.map((parameter) => ({ label: parameter.label })),
          ...withDocumentation(documentation),
          ...(typeof activeParameter === "number" ? { activeParameter } : {}),
        }),
      );
      const value = { signatures, activeSignature, activeParameter: help.activeParameter ?? 0 };
      return { value, dispose() {} };
    },
  });
  languages.registerDefinitionProvider("python", {
    async provideDefinition(model, position, token) {
      const places = (await openStepOf(model)?.definition(toPosition(position), signalOf(token))) ?? [];
      return places.map(({ stepId, range, from }) => ({
        uri: uriOf(monaco, stepId, "python"),
        range: fromRange(range),
        targetSelectionRange: fromRange(range),
        ...(from === null ? {} : { originSelectionRange: fromRange(from) }),
      }));
    },
  });
  languages.registerReferenceProvider("python", {
    async provideReferences(model, position, _, token) {
      const ranges = (await openStepOf(model)?.references(toPosition(position), signalOf(token))) ?? [];
      return ranges.map((range) => ({ uri: model.uri, range: fromRange(range) }));
    },
  });
  languages.registerRenameProvider("python", {
    async provideRenameEdits(model, position, newName) {
      const edits = (await openStepOf(model)?.rename(toPosition(position), newName)) ?? null;
      if (edits === null)
        return { edits: [], rejectReason: "Only names that this step gives can be renamed here." };
      const versionId = model.getVersionId();
      return {
        edits: edits.map(({ range, newText }) => ({
          resource: model.uri,
          versionId,
          textEdit: { range: fromRange(range), text: newText },
        })),
      };
    },
  });
  languages.registerCodeActionProvider("python", {
    provideCodeActions(model, range) {
      const versionId = model.getVersionId();
      const actions = fixableMarks(model).flatMap((mark) => {
        const { fix } = mark;
        if (!monaco.Range.areIntersectingOrTouching(fromRange(mark.range), range)) return [];
        return [
          {
            title: fix.title,
            kind: "quickfix",
            isPreferred: true,
            diagnostics: [markerOf(monaco, mark)],
            edit: {
              edits: fix.edits.map((edit) => ({
                resource: model.uri,
                versionId,
                textEdit: { range: fromRange(edit.range), text: edit.newText },
              })),
            },
          },
        ];
      });
      return { actions, dispose() {} };
    },
  });
  languages.registerDocumentFormattingEditProvider("python", {
    displayName: "Ruff",
    async provideDocumentFormattingEdits(model) {
      const before = model.getVersionId();
      try {
        const text = await formatPython(model.getValue());
        return model.getVersionId() === before ? [{ range: model.getFullModelRange(), text }] : [];
      } catch (error) {
        toast(`Not formatted: ${error instanceof Error ? error.message : String(error)}`, { tone: "warn" });
        return [];
      }
    },
  });
  monaco.editor.registerEditorOpener({
    openCodeEditor(source, resource, place) {
      const model = source.getModel();
      const language = model === null ? null : languageOf(model);
      const stepId = /^\/(.+)\.py$/.exec(resource.path)?.[1];
      if (language === null || stepId === undefined || resource.authority !== "runnel") return false;
      const line = place === undefined ? 1 : "lineNumber" in place ? place.lineNumber : place.startLineNumber;
      const column = place === undefined ? 1 : "column" in place ? place.column : place.startColumn;
      language.reveal(stepId, line, column);
      return true;
    },
  });
}

function withDocumentation(documentation: Parameters<typeof markdown>[0]) {
  const text = markdown(documentation);
  return text === null ? {} : { documentation: text };
}
