import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview";
import { offsetAt, showDropCursor } from "../code/index.ts";
import type { ExportPath } from "./insert-path.ts";
import styles from "./paths.module.css";

export interface PathDragOptions {
  /** Contains the cards of the steps, which carry `data-step`, and the rows of trees, which carry `data-path` and `data-path-from`. */
  readonly list: HTMLElement;
  /** Whether a step runs late enough to read the path. */
  readonly mayRead: (path: ExportPath, stepId: string) => boolean;
  /** Dropped at a place of a step's code, also of one that can't read it. */
  readonly onDrop: (path: ExportPath, stepId: string, offset: number) => void;
}

const TYPE = "path";

interface Over {
  readonly stepId: string;
  readonly card: HTMLElement;
  /** In its code; null: the pointer is beside it. */
  readonly offset: number | null;
}

/** Makes rows of trees draggable into code; loaded when the pointer first comes to one. Returns the way to end it. */
export function enablePathDrag({ list, mayRead, onDrop }: PathDragOptions): () => void {
  const ends: (() => void)[] = [];
  const known = new WeakSet<Element>();
  let marked: HTMLElement | null = null;

  const prepare = (target: EventTarget | null) => {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-path]") : null;
    if (!row || known.has(row)) return;
    known.add(row);
    draggable({
      element: row,
      getInitialData: () => ({ type: TYPE, expression: row.dataset.path, from: row.dataset.pathFrom }),
      getInitialDataForExternal: () => ({ "text/plain": row.dataset.path ?? "" }),
      onGenerateDragPreview: ({ nativeSetDragImage }) =>
        setCustomNativeDragPreview({
          nativeSetDragImage,
          render: ({ container }) => {
            const chip = document.createElement("div");
            chip.className = styles.preview ?? "";
            chip.textContent = row.dataset.path ?? "";
            container.append(chip);
          },
        }),
    });
  };

  const mark = (path: ExportPath | null, over: Over | null) => {
    const { refuses = "", accepts = "" } = styles;
    if (marked !== over?.card) marked?.classList.remove(refuses, accepts);
    marked = over?.card ?? null;
    const reads = path !== null && over !== null && mayRead(path, over.stepId);
    marked?.classList.toggle(refuses, !reads);
    marked?.classList.toggle(accepts, reads);
    showDropCursor(reads && over.offset !== null ? { id: over.stepId, offset: over.offset } : null);
  };

  const onPointerOver = (event: PointerEvent) => prepare(event.target);
  list.addEventListener("pointerover", onPointerOver);
  // The pointer was there before this was loaded.
  prepare(list.querySelector("[data-path]:hover"));

  ends.push(
    dropTargetForElements({
      // An element is one target only, and the list is that of dragged steps.
      element: list.parentElement ?? list,
      canDrop: ({ source }) => source.data.type === TYPE,
      onDrag: ({ source, location }) => mark(pathOf(source.data), stepAt(location.current.input)),
      onDragLeave: () => mark(null, null),
      onDrop: ({ source, location }) => {
        mark(null, null);
        const over = stepAt(location.current.input);
        if (over && over.offset !== null) onDrop(pathOf(source.data), over.stepId, over.offset);
      },
    }),
    () => list.removeEventListener("pointerover", onPointerOver),
  );
  return () => {
    for (const end of ends) end();
  };
}

function pathOf(data: Record<string, unknown>): ExportPath {
  return { expression: String(data.expression), from: String(data.from) };
}

function stepAt({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Over | null {
  // What is dragged has helpers of the library at the pointer, above the cards.
  const element = document.elementsFromPoint(clientX, clientY).find((one) => one.closest("[data-step]"));
  const card = element?.closest<HTMLElement>("[data-step]");
  const stepId = card?.dataset.step;
  if (!card || stepId === undefined) return null;
  const isCode = element?.closest(".monaco-editor") !== null;
  return { stepId, card, offset: isCode ? offsetAt(stepId, clientX, clientY) : null };
}
