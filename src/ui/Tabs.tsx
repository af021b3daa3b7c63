import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import styles from "./Tabs.module.css";

export interface TabItem<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  /** A number beside the label; not part of the accessible name. */
  readonly count?: number | undefined;
  /** Rendered only while its tab is selected. */
  readonly panel: ReactNode;
}

export interface TabsProps<Id extends string> {
  readonly tabs: readonly TabItem<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Accessible name of the list of tabs. */
  readonly label: string;
}

/** Tabs with arrow keys; the panel of the selected one below. */
export function Tabs<Id extends string>({ tabs, selected, onSelect, label }: TabsProps<Id>) {
  return (
    <Base.Root value={selected} onValueChange={(value: Id) => onSelect(value)}>
      <Base.List aria-label={label} className={styles.list} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            className={styles.tab}
            // Who presses the one that is selected has chosen it, too.
            onClick={() => tab.id === selected && onSelect(tab.id)}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && (
              <span className={styles.count} aria-hidden>
                {tab.count.toLocaleString("en")}
              </span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className={styles.panel}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
