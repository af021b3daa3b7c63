import { useVirtualizer } from "@tanstack/react-virtual";
import { Trash2 } from "lucide-react";
import { useRef } from "react";
import { formatAgo } from "../lib/format.ts";
import { cx, IconButton } from "../ui/index.ts";
import styles from "./datastores.module.css";
import { expiryText } from "./expiry-text.ts";
import type { DataStoreRecord } from "./types.ts";
import type { RecordKeys } from "./use-record-keys.ts";
import { useRecords } from "./use-records.ts";

const ROW_HEIGHT = 40;
/** Characters of a value: more don't fit into a row. */
const PREVIEW = 300;

interface RecordTableProps {
  readonly store: string;
  readonly found: RecordKeys;
  readonly onEdit: (record: DataStoreRecord) => void;
  readonly onDelete: (record: DataStoreRecord) => void;
}

/** Records as a table; of however many only those in view are read and drawn. */
export function RecordTable({ store, found, onEdit, onDelete }: RecordTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const { keys, version } = found;
  const list = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const items = list.getVirtualItems();
  const records = useRecords(store, keys, version, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const now = Date.now();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by the keyboard too
    <section ref={scroller} className={styles.scroller} aria-label="Records" tabIndex={0}>
      <table className={styles.table} aria-rowcount={keys.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={styles.keyColumn}>
              Key
            </th>
            <th scope="col">Value</th>
            <th scope="col" className={styles.timeColumn}>
              Expires
            </th>
            <th scope="col" className={styles.timeColumn}>
              Updated
            </th>
            <td className={styles.buttonColumn} />
          </tr>
        </thead>
        <tbody>
          <Gap height={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const key = keys[index] ?? "";
            const record = records.get(key);
            return (
              <tr key={key} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.key}
                    aria-label={`Edit ${key}`}
                    title={key}
                    disabled={!record}
                    onClick={() => record && onEdit(record)}
                  >
                    {key}
                  </button>
                </th>
                <td className={styles.preview}>{record?.json.slice(0, PREVIEW) ?? "…"}</td>
                <td className={cx(styles.time, styles.timeColumn)}>
                  {record && (record.expiresAt === null ? "Never" : expiryText(record.expiresAt, now))}
                </td>
                <td className={cx(styles.time, styles.timeColumn)}>
                  {record && formatAgo(record.updatedAt, now)}
                </td>
                <td className={styles.buttonColumn}>
                  <IconButton
                    label={`Delete ${key}`}
                    size="s"
                    icon={<Trash2 size={14} />}
                    disabled={!record}
                    onClick={() => record && onDelete(record)}
                  />
                </td>
              </tr>
            );
          })}
          <Gap height={list.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows out of view. */
function Gap({ height }: { readonly height: number }) {
  return height > 0 && <tr aria-hidden style={{ height }} />;
}
