import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, Download } from "lucide-react";
import { useMemo, useRef } from "react";
import { downloadBlob, fileNameOf } from "../../../lib/download.ts";
import { countOf } from "../../../lib/format.ts";
import { runInSlices } from "../../../lib/slices.ts";
import type { Display } from "../../../runs/index.ts";
import { Button, cx, Spinner } from "../../../ui/index.ts";
import { withMarks } from "../marks.tsx";
import styles from "./output.module.css";
import { cellText, type Row, writingCsv } from "./table-rows.ts";
import { useTable } from "./use-table.ts";

type TableHead = Extract<Display["head"], { readonly kind: "table" }>;

export interface TableViewProps {
  readonly head: TableHead;
  readonly parts: readonly string[];
  readonly name: string;
}

const rowHeight = 26;
/** Characters that a column is wide at least and at most. */
const narrowest = 5;
const widest = 36;
/** Rows that say how wide a column is. */
const lookedAt = 60;

/** A data frame: its columns sort, its first rows are there, the rest on demand. Only rows in view are drawn. */
export function TableView({ head, parts, name }: TableViewProps) {
  const table = useTable(parts);
  const scroller = useRef<HTMLDivElement>(null);
  const widths = useMemo(() => widthsOf(head, table.first), [head, table.first]);
  const list = useVirtualizer({
    count: table.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: 2 * rowHeight,
  });
  const items = list.getVirtualItems();
  const numberWidth = String(head.kept).length + 3;
  const download = async () => {
    const names = head.columns.map((column) => column.name);
    downloadBlob(fileNameOf(name, "csv"), await runInSlices(writingCsv(names, await table.all())));
  };
  return (
    <div>
      <section
        ref={scroller}
        className={styles.tableFrame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
        tabIndex={0}
        aria-label={`Rows of ${name}`}
      >
        <table
          className={styles.table}
          aria-label={name}
          aria-rowcount={head.total + 1}
          aria-busy={table.busy}
          style={{ width: `${widths.reduce((sum, width) => sum + width, numberWidth)}ch` }}
        >
          <colgroup>
            <col style={{ width: `${numberWidth}ch` }} />
            {widths.map((width, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
              <col key={index} style={{ width: `${width}ch` }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <td className={styles.corner} />
              {head.columns.map((column, index) => (
                <HeaderCell
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are, and may share a name
                  key={index}
                  {...column}
                  descending={table.sorting?.column === index ? table.sorting.descending : null}
                  onSort={() => table.sortBy(index)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap height={items[0]?.start ?? 0} />
            {items.map((item) => {
              const shown = table.at(item.index);
              return (
                shown && (
                  <tr key={item.index} aria-rowindex={item.index + 2}>
                    <th scope="row" className={styles.number}>
                      {shown.number}
                    </th>
                    {head.columns.map((column, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: as above
                      <DataCell key={index} dtype={column.dtype} cell={shown.row[index]} />
                    ))}
                  </tr>
                )
              );
            })}
            <Gap height={list.getTotalSize() - (items.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
      </section>
      <div className={styles.tools}>
        <span className={styles.facts} role="status">
          {factsOf(head, table.count)}
          {table.busy && <Spinner label="Working" />}
        </span>
        {table.count < head.kept && (
          <Button size="s" variant="ghost" onClick={table.showAll}>
            Show {head.kept === head.total ? "all" : "the first"} {head.kept.toLocaleString("en")} rows
          </Button>
        )}
        <Button size="s" variant="ghost" onClick={() => void download()}>
          <Download size={13} aria-hidden /> Download CSV
        </Button>
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly name: string;
  readonly dtype: string;
  /** Null: the rows aren't in its order. */
  readonly descending: boolean | null;
  readonly onSort: () => void;
}

function HeaderCell({ name, dtype, descending, onSort }: HeaderCellProps) {
  const order = descending === null ? "none" : descending ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={order} className={cx(isNumeric(dtype) && styles.numeric)}>
      <button type="button" className={styles.sort} title={`${name} (${dtype})`} onClick={onSort}>
        <span className={styles.columnName}>{withMarks(name)}</span>
        {descending === false && <ArrowUp size={12} aria-hidden />}
        {descending === true && <ArrowDown size={12} aria-hidden />}
      </button>
    </th>
  );
}

function DataCell({ dtype, cell }: { readonly dtype: string; readonly cell: Row[number] | undefined }) {
  const text = cellText(cell);
  return (
    <td
      className={cx(
        isNumeric(dtype) && styles.numeric,
        (cell === null || cell === undefined) && styles.missing,
      )}
      title={text.length > widest - 4 ? text : undefined}
    >
      {withMarks(text)}
    </td>
  );
}

/** Stands for the rows out of view. */
function Gap({ height }: { readonly height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}

const isNumeric = (dtype: string) => /^u?int|^float|^complex|^decimal/i.test(dtype);

function factsOf({ total, kept, columns, columnsTotal }: TableHead, count: number): string {
  const rows =
    count < total ? `${count.toLocaleString("en")} of ${countOf(total, "row")}` : countOf(total, "row");
  const shownColumns =
    columns.length < columnsTotal
      ? `${columns.length} of ${countOf(columnsTotal, "column")}`
      : countOf(columnsTotal, "column");
  const left = kept < total ? `; only the first ${kept.toLocaleString("en")} rows were kept` : "";
  return `${rows} × ${shownColumns}${left}`;
}

/** In characters, from the first rows: the same however far one scrolls. */
function widthsOf(head: TableHead, first: readonly Row[]): readonly number[] {
  const rows = first.slice(0, lookedAt);
  return head.columns.map(({ name }, column) => {
    const lengths = rows.map((row) => cellText(row[column]).length);
    return Math.min(widest, Math.max(narrowest, name.length + 2, ...lengths)) + 3;
  });
}
