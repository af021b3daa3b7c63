import { ArrowRight } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { type Command, shownChord } from "../../ui/commands/index.ts";
import { Kbd, PickerDialog } from "../../ui/index.ts";
import { Picker, PickerGroup, PickerItem } from "../../ui/Picker.tsx";
import { useRecentWorkflows } from "../use-recent-workflows.ts";
import type { CommandCenter } from "./command-center.ts";
import styles from "./commands.module.css";
import { findCommands, headingOf } from "./find-commands.ts";
import { noteCommand, recentCommands } from "./recent-commands.ts";

export interface CommandPaletteProps {
  readonly center: CommandCenter;
  readonly open: boolean;
  /** What had the focus before. */
  readonly focused: Element | null;
  readonly navigate: (path: string) => void;
}

/** Everything that can be done now, to be found by typing. */
export function CommandPalette({ center, open, focused, navigate }: CommandPaletteProps) {
  const chosen = useRef<Command | null>(null);
  return (
    <PickerDialog
      open={open}
      title="Command palette"
      onEscape={center.close}
      onClose={center.close}
      finalFocus={() => {
        // The focus goes back first: what the command is about may depend on it, and the command may take it elsewhere.
        const command = chosen.current;
        chosen.current = null;
        if (command !== null) setTimeout(command.run);
        return true;
      }}
    >
      {open && (
        <Commands
          center={center}
          focused={focused}
          navigate={navigate}
          onChoose={(command) => {
            noteCommand(command.id);
            chosen.current = command;
            center.close();
          }}
        />
      )}
    </PickerDialog>
  );
}

interface CommandsProps extends Pick<CommandPaletteProps, "center" | "focused" | "navigate"> {
  readonly onChoose: (command: Command) => void;
}

function Commands({ center, focused, navigate, onChoose }: CommandsProps) {
  const [query, setQuery] = useState("");
  const recent = useMemo(recentCommands, []);
  const workflows = useRecentWorkflows(50);
  const commands = useMemo(
    () => [
      ...center.all(focused),
      ...workflows.map(({ id, name }) => ({
        id: `open.${id}`,
        title: `Open ${name}`,
        group: "Open workflow",
        icon: <ArrowRight size={15} />,
        enabled: location.pathname !== `/workflows/${id}`,
        run: () => navigate(`/workflows/${id}`),
      })),
    ],
    [center, focused, workflows, navigate],
  );
  const sections = findCommands(commands, query, recent);
  return (
    <Picker
      label="Search commands"
      query={query}
      onQuery={setQuery}
      placeholder="What do you want to do?"
      page=""
      onBack={null}
      onKeyDown={(event) => {
        // The keys that opened it close it; the browser has a use of its own for them.
        if (event.key !== "F1" && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
        event.preventDefault();
        center.close();
      }}
    >
      {sections.map(({ heading, commands: found }) => (
        <PickerGroup key={heading} heading={heading}>
          {found.map((command) => (
            <PickerItem
              key={command.id}
              value={command.id}
              name={command.title}
              icon={<span className={styles.icon}>{command.icon}</span>}
              hint={<Hint command={command} withGroup={heading !== headingOf(command)} />}
              onSelect={() => onChoose(command)}
            >
              {command.title}
            </PickerItem>
          ))}
        </PickerGroup>
      ))}
      {sections.length === 0 && (
        <p className={styles.none}>There is no command like “{query.trim()}” here.</p>
      )}
    </Picker>
  );
}

function Hint({ command, withGroup }: { readonly command: Command; readonly withGroup: boolean }) {
  const [keys] = command.keys ?? [];
  return (
    <span className={styles.hint}>
      {withGroup && <span className={styles.group}>{headingOf(command)}</span>}
      {keys !== undefined && <Kbd>{shownChord(keys)}</Kbd>}
    </span>
  );
}
