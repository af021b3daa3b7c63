import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import styles from "./drag.module.css";

/** Where a dragged step would go. */
export interface DropPlace {
  readonly stepId: string;
  /** Index among the other steps. */
  readonly index: number;
  /** Pixels below the top of the list. */
  readonly top: number;
}

export interface StepDragOptions {
  /** Contains the cards, which carry `data-step`, and in them what they are dragged by, `data-grip`. */
  readonly list: HTMLElement;
  /** What the pointer came to before this was loaded. */
  readonly over: EventTarget | null;
  /** What hangs at the pointer. */
  readonly nameOf: (stepId: string) => string;
  /** Null: nothing is dragged, or not over the list. */
  readonly onPlace: (place: DropPlace | null) => void;
  readonly onDrop: (place: DropPlace) => void;
}

const TYPE = "step";

/**
 * Makes steps draggable within their list. Cards become draggable when the pointer comes to their grip, so
 * that hundreds of them cost nothing. Returns the way to end it.
 */
export function enableStepDrag({ list, over, nameOf, onPlace, onDrop }: StepDragOptions): () => void {
  const ends: (() => void)[] = [];
  const known = new WeakSet<Element>();

  const prepare = (target: EventTarget | null) => {
    const grip = target instanceof Element ? target.closest<HTMLElement>("[data-grip]") : null;
    const card = grip?.closest<HTMLElement>("[data-step]");
    if (!grip || !card || known.has(grip)) return;
    known.add(grip);
    ends.push(draggableBy(grip, card));
  };

  const draggableBy = (grip: HTMLElement, card: HTMLElement) =>
    draggable({
      element: grip,
      getInitialData: () => ({ type: TYPE, stepId: card.dataset.step }),
      onGenerateDragPreview: ({ nativeSetDragImage }) =>
        setCustomNativeDragPreview({
          nativeSetDragImage,
          render: ({ container }) => {
            const chip = document.createElement("div");
            chip.className = styles.preview ?? "";
            chip.textContent = nameOf(card.dataset.step ?? "");
            container.append(chip);
          },
        }),
      onDragStart: () => {
        list.dataset.dragging = "";
        card.dataset.dragged = "";
      },
      onDrop: () => {
        delete list.dataset.dragging;
        delete card.dataset.dragged;
        onPlace(null);
      },
    });

  const onPointerOver = (event: PointerEvent) => prepare(event.target);
  list.addEventListener("pointerover", onPointerOver);
  prepare(over);

  const isStep = ({ source }: { readonly source: { readonly data: Record<string, unknown> } }) =>
    source.data.type === TYPE;
  let shown: DropPlace | null = null;
  const show = (place: DropPlace | null) => {
    if (place?.index === shown?.index && place?.stepId === shown?.stepId) return;
    shown = place;
    onPlace(place);
  };
  const scroller = scrollerOf(list);
  ends.push(
    dropTargetForElements({
      element: list,
      canDrop: isStep,
      onDrag: ({ source, location }) =>
        show(placeAt(list, String(source.data.stepId), location.current.input.clientY)),
      onDragLeave: () => show(null),
      onDrop: ({ source, location }) => {
        shown = null;
        const place = placeAt(list, String(source.data.stepId), location.current.input.clientY);
        if (place !== null) onDrop(place);
      },
    }),
    // Of paths too, which are dragged from trees into code: an element has one such listener.
    autoScrollForElements({ element: scroller }),
    () => list.removeEventListener("pointerover", onPointerOver),
  );
  return () => {
    for (const end of ends) end();
  };
}

/** Between which cards `y` (of the window) is: below those whose middle is above it. Null: where the step is now. */
function placeAt(list: HTMLElement, stepId: string, y: number): DropPlace | null {
  const cards = [...list.querySelectorAll<HTMLElement>("[data-step]")];
  let low = 0;
  let high = cards.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const box = cards[middle]?.getBoundingClientRect();
    if (box !== undefined && box.top + box.height / 2 < y) low = middle + 1;
    else high = middle;
  }
  const from = cards.findIndex((card) => card.dataset.step === stepId);
  const index = low > from ? low - 1 : low;
  if (from < 0 || index === from) return null;
  const above = cards[low - 1]?.getBoundingClientRect();
  const below = cards[low]?.getBoundingClientRect();
  const edge =
    above === undefined
      ? (below?.top ?? 0) - GAP / 2
      : below === undefined
        ? above.bottom + GAP / 2
        : (above.bottom + below.top) / 2;
  return {
    stepId,
    index,
    top: edge - list.getBoundingClientRect().top,
  };
}

/** Height of the space between two cards, where the + is. */
const GAP = 44;

/** The element that scrolls when the list is longer than the window. */
function scrollerOf(element: HTMLElement): Element {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement)
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  return document.documentElement;
}
