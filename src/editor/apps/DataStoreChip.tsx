import { ChevronDown, Database, ExternalLink, Plus, Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { dataStorePath, NewDataStoreDialog } from "../../datastores/index.ts";
import { IconButton, Menu, type MenuItem } from "../../ui/index.ts";
import type { AttachedDataStore } from "../../workflow/index.ts";
import { useEditor, useReadOnly } from "../services.ts";
import styles from "./apps.module.css";
import { useDataStores } from "./use-data-stores.ts";

export interface DataStoreChipProps {
  readonly stepId: string;
  readonly attached: AttachedDataStore;
}

/** The data store attached to a step: which one it is, and what else can be done with it. */
export function DataStoreChip({ stepId, attached }: DataStoreChipProps) {
  const { dataStores } = useEditor();
  const [, navigate] = useLocation();
  const readOnly = useReadOnly();
  const { stores, loaded, choose, remove } = useDataStores(stepId);
  const [isNaming, setNaming] = useState(false);
  const chosen = stores.find(({ id }) => id === attached.id);
  const deleted = loaded && attached.id !== null && chosen === undefined;
  const items: MenuItem[] = [
    { label: "New data store…", icon: <Plus size={14} />, onSelect: () => setNaming(true) },
    ...(chosen
      ? [
          {
            label: `Open ${chosen.name}`,
            icon: <ExternalLink size={14} />,
            onSelect: () => navigate(dataStorePath(chosen.id)),
          },
        ]
      : []),
    "separator",
    { label: "Remove data store", icon: <Trash2 size={14} />, danger: true, onSelect: remove },
  ];
  return (
    <div className={styles.chip}>
      <Database size={18} className={styles.storeIcon} aria-hidden />
      <span className={styles.name}>Data store</span>
      {deleted && (
        <span className={styles.deleted}>
          <TriangleAlert size={13} aria-hidden /> deleted
        </span>
      )}
      <select
        className={styles.select}
        aria-label="Data store"
        value={chosen?.id ?? ""}
        disabled={readOnly}
        onChange={({ target }) => choose(target.value === "" ? null : target.value)}
      >
        <option value="">{chosen === undefined ? "Choose a data store" : "No data store"}</option>
        {stores.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Menu
        trigger={
          <IconButton label="Data store menu" size="s" icon={<ChevronDown size={14} />} disabled={readOnly} />
        }
        items={items}
      />
      {isNaming && (
        <NewDataStoreDialog
          list={dataStores}
          onCreated={({ id }) => choose(id)}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}
