import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from "react";
import { cx } from "../../../ui/index.ts";
import type { NetworkEntry } from "./entries.ts";
import { NetworkRow } from "./NetworkRow.tsx";
import styles from "./table.module.css";
import { spanOf } from "./timing.ts";

/** As many rows are simply drawn; of more only those in view. */
const drawnRows = 100;
const rowHeight = 29;
const page = 8;

export interface NetworkTableProps {
  readonly ref: Ref<HTMLTableElement>;
  readonly label: string;
  readonly entries: readonly NetworkEntry[];
  readonly selectedKey: string | null;
  readonly onSelect: (key: string) => void;
}

/** The lines of the network. One element is focused; arrows move between its rows, Enter opens one. */
export function NetworkTable({ ref, label, entries, selectedKey, onSelect }: NetworkTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [activeKey, setActiveKey] = useState<string | null>(selectedKey);
  const active = Math.max(
    0,
    entries.findIndex(({ key }) => key === activeKey),
  );
  const isVirtual = entries.length > drawnRows;
  const rows = useVirtualizer({
    count: entries.length,
    enabled: isVirtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    // The head stays where it is, above the rows.
    scrollPaddingStart: rowHeight,
    getItemKey: (index) => entries[index]?.key ?? index,
  });
  const span = spanOf(entries);

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the keyboard, not the entries that come meanwhile
  useEffect(() => {
    if (!scroller.current?.contains(document.activeElement)) return;
    if (isVirtual) rows.scrollToIndex(active);
    else document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [activeKey]);

  const activate = (index: number) => {
    const entry = entries[Math.min(entries.length - 1, Math.max(0, index))];
    if (entry === undefined) return;
    setActiveKey(entry.key);
    if (selectedKey !== null) onSelect(entry.key);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const entry = entries[active];
    const to = targetOf(event.key, active, entries.length);
    if (to !== null) activate(to);
    else if ((event.key === "Enter" || event.key === " ") && entry) {
      setActiveKey(entry.key);
      onSelect(entry.key);
    } else return;
    event.preventDefault();
  };

  const row = (index: number) => {
    const entry = entries[index];
    return (
      entry && (
        <NetworkRow
          key={entry.key}
          ref={isVirtual ? rows.measureElement : undefined}
          id={`${id}-${index}`}
          entry={entry}
          index={index}
          span={span}
          active={index === active}
          selected={entry.key === selectedKey}
          onSelect={() => {
            setActiveKey(entry.key);
            onSelect(entry.key);
          }}
        />
      )
    );
  };

  const drawn = isVirtual
    ? rows.getVirtualItems().map(({ index }) => index)
    : entries.map((_, index) => index);
  const before = isVirtual ? (rows.getVirtualItems()[0]?.start ?? 0) : 0;
  const after = isVirtual ? rows.getTotalSize() - (rows.getVirtualItems().at(-1)?.end ?? 0) : 0;
  return (
    <div ref={scroller} className={cx(styles.frame, selectedKey !== null && styles.withDetails)}>
      <table
        ref={ref}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table may be a grid (ARIA in HTML)
        role="grid"
        tabIndex={0}
        className={styles.grid}
        aria-label={label}
        aria-rowcount={entries.length + 1}
        aria-activedescendant={`${id}-${active}`}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr className={cx(styles.row, styles.head)} aria-rowindex={1}>
            {["Method", "URL", "Status", "Sent", "Received", "Time"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {drawn.map(row)}
          <Gap height={after} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows out of view. */
function Gap({ height }: { readonly height: number }) {
  return height > 0 && <tr aria-hidden className={styles.gap} style={{ height }} />;
}

/** The index that a key leads to; null for other keys. */
function targetOf(key: string, active: number, count: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  return steps[key] ?? null;
}
