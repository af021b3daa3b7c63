import { Command } from "cmdk";
import { useMemo, useState } from "react";
import { type AppMatch, appSummaries, createAppSearch } from "../catalog/index.ts";
import { AppIcon, PickerDialog } from "../ui/index.ts";
import styles from "./accounts.module.css";
import { useAccounts } from "./context.tsx";

const searchApps = createAppSearch(appSummaries.filter((app) => app.authType !== "none"));

/** How many apps are listed at once; who looks for another one types more of its name. */
const MOST_SHOWN = 60;

interface AppPickerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onPick: (slug: string) => void;
}

/** Finds the app to connect an account of. */
export function AppPicker({ open, onClose, onPick }: AppPickerProps) {
  return (
    <PickerDialog open={open} title="Connect an account" onEscape={onClose} onClose={onClose}>
      <AppSearch onPick={onPick} />
    </PickerDialog>
  );
}

function AppSearch({ onPick }: Pick<AppPickerProps, "onPick">) {
  const { accounts } = useAccounts();
  const [query, setQuery] = useState("");
  const connected = useMemo(() => new Set(accounts.map((account) => account.app)), [accounts]);
  const matches = useMemo(() => searchApps(query, { connected }), [query, connected]);
  return (
    <Command shouldFilter={false} label="Search apps" loop>
      <Command.Input
        value={query}
        onValueChange={setQuery}
        className={styles.search}
        placeholder="Which app?"
        aria-label="Search apps"
      />
      <Command.List className={styles.options} label="Apps">
        {matches.length === 0 && <div className={styles.none}>No app matches “{query}”.</div>}
        {matches.slice(0, MOST_SHOWN).map((match) => (
          <Command.Item
            key={match.app.slug}
            value={match.app.slug}
            aria-label={match.app.name}
            onSelect={() => onPick(match.app.slug)}
            className={styles.option}
          >
            <AppIcon name={match.app.name} color={match.app.color} iconPath={match.app.iconPath} />
            <span className={styles.optionName}>{marked(match)}</span>
            <span className={styles.optionText}>{match.app.description}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

/** The app's name with what was typed marked in it. */
function marked({ app, highlight }: AppMatch) {
  const parts = highlight.map(([start, end], index) => ({
    before: app.name.slice(highlight[index - 1]?.[1] ?? 0, start),
    match: app.name.slice(start, end),
    start,
  }));
  return (
    <>
      {parts.map(({ before, match, start }) => (
        <span key={start}>
          {before}
          <mark className={styles.match}>{match}</mark>
        </span>
      ))}
      {app.name.slice(highlight.at(-1)?.[1] ?? 0)}
    </>
  );
}
