import { Keyboard } from "lucide-react";
import { type Command, type KeyPlace, shownChord } from "../../ui/commands/index.ts";
import { Dialog, Kbd } from "../../ui/index.ts";
import type { CommandCenter } from "./command-center.ts";
import styles from "./commands.module.css";

export interface ShortcutsSheetProps {
  readonly center: CommandCenter;
  readonly open: boolean;
}

const places: Readonly<Record<KeyPlace, string>> = {
  anywhere: "in text too",
  "outside-text": "",
  card: "on a card",
};

/** Every key of this page that does something, whether it can be done just now or not. */
export function ShortcutsSheet({ center, open }: ShortcutsSheetProps) {
  const keyed = open ? center.all(null).filter(({ keys = [] }) => keys.length > 0) : [];
  const groups = [...new Set(keyed.map(({ group }) => group))];
  return (
    <Dialog
      open={open}
      onOpenChange={center.close}
      title="Keyboard shortcuts"
      icon={<Keyboard size={18} aria-hidden />}
      size="l"
      description="They work on the whole page; those marked “in text too” also while you type code."
      initialFocus={() => null}
    >
      <div className={styles.sheet}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className={styles.heading}>{group}</h3>
            <dl className={styles.keys}>
              {keyed
                .filter((command) => command.group === group)
                .map((command) => (
                  <Row key={command.id} command={command} />
                ))}
            </dl>
          </section>
        ))}
        <section aria-label="In the code">
          <h3 className={styles.heading}>In the code</h3>
          <dl className={styles.keys}>
            <div>
              <dt>Leave the code, to its card</dt>
              <dd>
                <Kbd>Esc</Kbd>
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Row({ command: { title, keys = [], place = "outside-text" } }: { readonly command: Command }) {
  const where = places[place];
  return (
    <div>
      <dt>
        {title}
        {where !== "" && <span className={styles.where}>{where}</span>}
      </dt>
      <dd>
        {keys.map((chord) => (
          <Kbd key={chord}>{shownChord(chord)}</Kbd>
        ))}
      </dd>
    </div>
  );
}
