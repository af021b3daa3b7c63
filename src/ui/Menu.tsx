import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Kbd } from "./Kbd.tsx";
import styles from "./Menu.module.css";

export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: ReactNode | undefined;
      readonly onSelect: () => void;
      readonly disabled?: boolean | undefined;
      readonly danger?: boolean | undefined;
      readonly shortcut?: string | undefined;
    }
  | "separator";

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  /** A function is asked when the menu opens: for entries that depend on more than what is shown beside it. */
  readonly items: readonly MenuItem[] | (() => readonly MenuItem[]);
  /** Which edge of the button it keeps to. */
  readonly align?: "start" | "end" | undefined;
}

/** A button's menu: arrows, type-ahead, Escape; focus returns to the button. */
export function Menu({ trigger, items, align = "end" }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            <MenuRows items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Rendered only while the menu is open. */
function MenuRows({ items }: Pick<MenuProps, "items">) {
  const rows = typeof items === "function" ? items() : items;
  return rows.map((item, index) => (
    <MenuRow key={item === "separator" ? `separator-${index}` : item.label} item={item} />
  ));
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  if (item === "separator") return <Base.Separator className={styles.separator} />;
  return (
    <Base.Item
      className={cx(styles.item, item.danger === true && styles.danger)}
      disabled={item.disabled === true}
      label={item.label}
      onClick={item.onSelect}
    >
      <span className={styles.icon} aria-hidden>
        {item.icon}
      </span>
      <span className={styles.label}>{item.label}</span>
      {item.shortcut !== undefined && (
        <span aria-hidden>
          <Kbd>{item.shortcut}</Kbd>
        </span>
      )}
    </Base.Item>
  );
}
