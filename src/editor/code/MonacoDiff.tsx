import { useLayoutEffect, useRef } from "react";
import { useShownTheme } from "../../ui/index.ts";
import type { CodeDiffProps } from "./CodeDiff.tsx";
import styles from "./code.module.css";
import { fontSize, lineHeight } from "./metrics.ts";
import { openModel } from "./models.ts";
import { monaco } from "./monaco.ts";
import { applyTheme, themeName } from "./theme.ts";

const minHeight = 60;
const maxHeight = 480;

/** Two texts in Monaco's diff editor: beside each other where there is room, else one below the other. */
export function MonacoDiff({ id, language, label, older, newer }: CodeDiffProps) {
  const host = useRef<HTMLDivElement>(null);
  const theme = useShownTheme();
  useLayoutEffect(() => applyTheme(monaco, theme), [theme]);
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const editor = monaco.editor.createDiffEditor(element, {
      theme: themeName,
      automaticLayout: true,
      readOnly: true,
      originalEditable: false,
      fontFamily: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
      fontSize,
      lineHeight,
      fontLigatures: false,
      folding: false,
      glyphMargin: false,
      hideUnchangedRegions: { enabled: true },
      renderSideBySideInlineBreakpoint: 700,
      renderOverviewRuler: false,
      renderMarginRevertIcon: false,
      lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
      links: false,
      minimap: { enabled: false },
      occurrencesHighlight: "off",
      padding: { top: 8, bottom: 8 },
      scrollBeyondLastLine: false,
      scrollbar: { alwaysConsumeMouseWheel: false, horizontalScrollbarSize: 8, verticalScrollbarSize: 8 },
      stickyScroll: { enabled: false },
      editContext: false,
      tabFocusMode: true,
      unicodeHighlight: { ambiguousCharacters: false },
    });
    const resize = () => {
      // Monaco forgets the names of both sides whenever any of its other options changes.
      editor.getOriginalEditor().updateOptions({ ariaLabel: `${label}: older run` });
      editor.getModifiedEditor().updateOptions({ ariaLabel: `${label}: newer run` });
      const height = Math.max(
        editor.getModifiedEditor().getContentHeight(),
        editor.getOriginalEditor().getContentHeight(),
      );
      element.style.height = `${Math.min(Math.max(height, minHeight), maxHeight)}px`;
    };
    const subscriptions = [
      editor.onDidUpdateDiff(resize),
      ...[editor.getModifiedEditor(), editor.getOriginalEditor()].flatMap((side) => [
        side.onDidContentSizeChange(resize),
        side.onDidLayoutChange(resize),
      ]),
    ];
    editor.setModel({
      original: openModel(monaco, `${id}-older`, language, older),
      modified: openModel(monaco, `${id}-newer`, language, newer),
    });
    resize();
    return () => {
      for (const subscription of subscriptions) subscription.dispose();
      editor.dispose();
    };
  }, [id, language, label, older, newer]);
  return <div ref={host} className={styles.diff} />;
}
