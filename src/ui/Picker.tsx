import { Command } from "cmdk";
import { ArrowLeft, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { IconButton } from "./IconButton.tsx";
import styles from "./Picker.module.css";

export interface PickerProps {
  /** Accessible name of the search. */
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly placeholder: string;
  /** Changes when the list is about something else: it starts at its top again. */
  readonly page: string;
  /** Steps back; null on the first page. */
  readonly onBack: (() => void) | null;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  readonly children: ReactNode;
}

/** The search box and the list below it. Arrows choose, Enter takes, Backspace in an empty box steps back. */
export function Picker({
  label,
  query,
  onQuery,
  placeholder,
  page,
  onBack,
  onKeyDown,
  children,
}: PickerProps) {
  const [selected, setSelected] = useState("");
  const list = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query or page is another list, read from the top
  useEffect(() => {
    if (list.current) list.current.scrollTop = 0;
    setSelected(list.current?.querySelector("[cmdk-item]")?.getAttribute("data-value") ?? "");
  }, [query, page]);

  return (
    <Command
      label={label}
      shouldFilter={false}
      loop
      vimBindings={false}
      value={selected}
      onValueChange={setSelected}
      className={styles.picker}
      onKeyDown={(event) => {
        if (event.key === "Backspace" && query === "" && onBack !== null) {
          event.preventDefault();
          onBack();
        }
        onKeyDown?.(event);
      }}
    >
      <div className={styles.search}>
        {onBack === null ? (
          <Search size={17} aria-hidden className={styles.searchIcon} />
        ) : (
          <IconButton label="Back" icon={<ArrowLeft size={16} />} onClick={onBack} />
        )}
        <Command.Input
          className={styles.input}
          value={query}
          onValueChange={onQuery}
          placeholder={placeholder}
        />
      </div>
      <Command.List ref={list} className={styles.list} label="Results">
        {children}
      </Command.List>
    </Command>
  );
}

export interface PickerItemProps {
  /** Unique in the list. */
  readonly value: string;
  /** Accessible name. */
  readonly name: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
  /** What stands at its right; not part of the name. */
  readonly hint?: ReactNode | undefined;
  readonly disabled?: boolean | undefined;
  readonly onSelect: () => void;
}

/** One choice. */
export function PickerItem({ value, name, icon, children, hint, disabled, onSelect }: PickerItemProps) {
  return (
    <Command.Item
      value={value}
      aria-label={name}
      disabled={disabled === true}
      className={styles.item}
      onSelect={onSelect}
    >
      {icon}
      <span className={styles.itemText}>{children}</span>
      {hint !== undefined && (
        <span className={styles.hint} aria-hidden>
          {hint}
        </span>
      )}
    </Command.Item>
  );
}

/** Choices under a heading. */
export function PickerGroup({
  heading,
  children,
}: {
  readonly heading: string;
  readonly children: ReactNode;
}) {
  return (
    <Command.Group heading={heading} className={styles.group}>
      {children}
    </Command.Group>
  );
}
