import { createContext, type ReactNode, type RefObject, useContext, useEffect, useMemo } from "react";
import { useEditor, useReadOnly } from "../services.ts";
import { dropPath, type ExportPath, insertPath, readersOf } from "./insert-path.ts";

type Insert = (path: ExportPath) => void;

/** Null: paths can be copied only. */
const InsertContext = createContext<Insert | null>(null);

/** How a tree of exports inserts a path into a later step's code; null where there is no code to insert into. */
export function useInsertPath(): Insert | null {
  return useContext(InsertContext);
}

interface InsertPathsProps {
  /** Contains the cards. */
  readonly list: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** Lets the trees in it insert their paths into code, by button and by drag. */
export function InsertPaths({ list, children }: InsertPathsProps) {
  const editor = useEditor();
  const readOnly = useReadOnly();
  const insert = useMemo<Insert | null>(
    () => (readOnly ? null : (path) => insertPath(editor, path)),
    [editor, readOnly],
  );

  useEffect(() => {
    const element = list.current;
    if (element === null || readOnly) return;
    const abort = new AbortController();
    let end: (() => void) | null = null;
    const load = async (event: PointerEvent) => {
      if (!(event.target instanceof Element) || event.target.closest("[data-path]") === null) return;
      element.removeEventListener("pointerover", load);
      const { enablePathDrag } = await import("./path-drag.ts");
      if (abort.signal.aborted) return;
      end = enablePathDrag({
        list: element,
        mayRead: (path, stepId) =>
          readersOf(editor.document.getState().workflow, path.from).some(({ id }) => id === stepId),
        onDrop: (path, stepId, offset) => dropPath(editor, path, stepId, offset),
      });
    };
    element.addEventListener("pointerover", load, { signal: abort.signal });
    return () => {
      abort.abort();
      end?.();
    };
  }, [list, editor, readOnly]);

  return <InsertContext value={insert}>{children}</InsertContext>;
}
