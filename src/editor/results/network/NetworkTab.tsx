import { useMemo, useRef, useState } from "react";
import { countOf } from "../../../lib/format.ts";
import type { ShownConnection } from "../../../runs/index.ts";
import shared from "../results.module.css";
import { Details } from "./Details.tsx";
import { entriesOf, filterEntries } from "./entries.ts";
import { NetworkTable } from "./NetworkTable.tsx";
import styles from "./table.module.css";

/** With fewer lines nobody needs to search. */
const filterFrom = 10;

export interface NetworkTabProps {
  readonly stepName: string;
  readonly network: readonly ShownConnection[];
  readonly running: boolean;
}

/** What the step sent and received: a line for each request, or for the connection where none can be seen; details below. */
export function NetworkTab({ stepName, network, running }: NetworkTabProps) {
  const [filter, setFilter] = useState("");
  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const entries = useMemo(() => entriesOf(network), [network]);
  const shown = useMemo(() => filterEntries(entries, filter), [entries, filter]);
  const selected = shown.find(({ key }) => key === selectedKey) ?? null;

  const close = () => {
    setSelectedKey(null);
    table.current?.focus();
  };

  if (entries.length === 0) {
    return (
      <p className={shared.nothing}>
        {running ? "No connections yet." : "The step made no connections."} Requests appear here, with their
        headers and bodies, as the step makes them.
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the details wherever the focus is
    <div
      className={styles.tab}
      onKeyDown={(event) => {
        // In the filter it empties the filter.
        if (event.key !== "Escape" || selected === null || event.target instanceof HTMLInputElement) return;
        event.stopPropagation();
        close();
      }}
    >
      {(entries.length > filterFrom || filter !== "") && (
        <div className={styles.filterBar}>
          <input
            type="search"
            className={styles.filter}
            aria-label="Filter requests"
            placeholder="Filter by method, address or status"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <span className={shared.faint} role="status">
            {filter.trim() === ""
              ? countOf(entries.length, "line")
              : `${shown.length.toLocaleString("en")} of ${countOf(entries.length, "line")}`}
          </span>
        </div>
      )}
      {shown.length === 0 ? (
        <p className={shared.nothing}>Nothing matches “{filter.trim()}”.</p>
      ) : (
        <NetworkTable
          ref={table}
          label={`Network of ${stepName}`}
          entries={shown}
          selectedKey={selected?.key ?? null}
          onSelect={setSelectedKey}
        />
      )}
      {selected !== null && <Details entry={selected} onClose={close} />}
    </div>
  );
}
