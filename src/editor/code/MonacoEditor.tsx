import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { useShownTheme } from "../../ui/index.ts";
import type { CodeEditorProps } from "./CodeEditor.tsx";
import styles from "./code.module.css";
import { completeWith } from "./complete-python.ts";
import { followCursor } from "./cursors.ts";
import { currentLine, markError } from "./error-mark.ts";
import { attachLanguage } from "./language/attach.ts";
import { fontSize, heightOf, lineCount, lineHeight, paddingBottom, paddingTop } from "./metrics.ts";
import { openModel, replaceText, savedViewState, saveViewState, withLineFeeds } from "./models.ts";
import { monaco } from "./monaco.ts";
import { letTabPass } from "./tab-key.ts";
import { applyTheme, themeName } from "./theme.ts";
import { insertLinesAsTheyAre } from "./whole-text.ts";

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  theme: themeName,
  automaticLayout: true,
  accessibilitySupport: "auto",
  bracketPairColorization: { enabled: false },
  contextmenu: true,
  detectIndentation: true,
  // One way in for the keyboard in every browser, and one that tests and input methods know.
  editContext: false,
  find: { addExtraSpaceOnTop: false },
  fixedOverflowWidgets: true,
  folding: false,
  fontFamily: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
  fontSize,
  fontLigatures: false,
  glyphMargin: false,
  guides: { indentation: false },
  hideCursorInOverviewRuler: true,
  lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
  lineDecorationsWidth: 14,
  lineHeight,
  lineNumbersMinChars: 3,
  links: false,
  minimap: { enabled: false },
  occurrencesHighlight: "off",
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  padding: { top: paddingTop, bottom: paddingBottom },
  quickSuggestions: { other: true, comments: false, strings: true },
  renderFinalNewline: "on",
  renderLineHighlight: "line",
  renderLineHighlightOnlyWhenFocus: true,
  renderWhitespace: "none",
  scrollBeyondLastColumn: 2,
  scrollBeyondLastLine: false,
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    horizontalScrollbarSize: 8,
    ignoreHorizontalScrollbarInContentHeight: true,
    useShadows: false,
    verticalScrollbarSize: 8,
  },
  selectionHighlight: false,
  stickyScroll: { enabled: false },
  suggest: { showWords: true },
  tabSize: 4,
  unicodeHighlight: { ambiguousCharacters: false },
  unusualLineTerminators: "auto",
  wordBasedSuggestions: "currentDocument",
};

/** Escape belongs to whatever Monaco has open; with nothing open it leaves the editor. */
const nothingOpen =
  "editorTextFocus && !suggestWidgetVisible && !findWidgetVisible && !editorHasMultipleSelections && !inSnippetMode && !editorHoverVisible && !parameterHintsVisible && !renameInputVisible && !codeActionMenuVisible && !referenceSearchVisible";

/** The code editor proper. Keeps its text's undo history, cursor and marks while it is not mounted. */
export function MonacoEditor(props: CodeEditorProps) {
  const { id, language, label, value, readOnly = false, error = null, handle, known } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const theme = useShownTheme();

  useLayoutEffect(() => applyTheme(monaco, theme), [theme]);

  useLayoutEffect(() => {
    if (host.current === null) return;
    const element = host.current;
    const model = openModel(monaco, id, language, latest.current.value);
    const created = monaco.editor.create(element, {
      ...options,
      model,
      ariaLabel: latest.current.label,
    });
    editor.current = created;
    created.restoreViewState(savedViewState(id));
    const resize = () => {
      element.style.height = `${heightOf(model.getLineCount())}px`;
    };
    resize();
    const subscription = model.onDidChangeContent(() => {
      resize();
      const text = model.getValue();
      if (text !== withLineFeeds(latest.current.value)) latest.current.onChange(text);
    });
    insertLinesAsTheyAre(created);
    addKeys(created, latest);
    letTabPass(created);
    if (latest.current.focusOnMount === true) created.focus();
    const stopFollowing = followCursor(id, created);
    const stopCompleting = completeWith(model, () => latest.current.completions?.() ?? null);
    return () => {
      saveViewState(id, created.saveViewState());
      subscription.dispose();
      stopCompleting();
      stopFollowing();
      created.dispose();
      editor.current = null;
    };
  }, [id, language]);

  useEffect(() => {
    const model = editor.current?.getModel();
    return model && known ? attachLanguage(monaco, model, known) : undefined;
  }, [known]);

  useImperativeHandle(
    handle,
    () => ({
      focus: () => editor.current?.focus(),
      focusLine(line) {
        const model = editor.current?.getModel();
        if (!model) return;
        const lineNumber = Math.min(Math.max(currentLine(model, line), 1), model.getLineCount());
        const column = model.getLineFirstNonWhitespaceColumn(lineNumber) || 1;
        editor.current?.setPosition({ lineNumber, column });
        editor.current?.revealLineInCenterIfOutsideViewport(lineNumber);
        editor.current?.focus();
      },
      focusPlace(lineNumber, column) {
        const place = editor.current?.getModel()?.validatePosition({ lineNumber, column });
        if (!place) return;
        editor.current?.setPosition(place);
        editor.current?.revealLineInCenterIfOutsideViewport(place.lineNumber);
        editor.current?.focus();
      },
    }),
    [],
  );

  // Before the next key can arrive: a text that is behind what was typed must never be put back.
  useLayoutEffect(() => {
    const model = editor.current?.getModel();
    if (model) replaceText(monaco, model, value);
  }, [value]);

  useEffect(() => editor.current?.updateOptions({ ariaLabel: label, readOnly }), [label, readOnly]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) markError(monaco, model, error);
  }, [error]);

  return <div ref={host} className={styles.monaco} style={{ height: heightOf(lineCount(value)) }} />;
}

function addKeys(
  editor: monaco.editor.IStandaloneCodeEditor,
  latest: { readonly current: CodeEditorProps },
): void {
  editor.addAction({
    id: "runnel.leave",
    label: "Leave the editor",
    keybindings: [monaco.KeyCode.Escape],
    precondition: nothingOpen,
    run: () => latest.current.onLeave?.(),
  });
}
