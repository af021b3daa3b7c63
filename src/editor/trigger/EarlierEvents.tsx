import { History, RotateCcw, Trash2 } from "lucide-react";
import { formatAgo, formatClock } from "../../lib/format.ts";
import { type EventRecord, isSelected } from "../../triggers/index.ts";
import { Badge, Button, Dialog, EmptyState, IconButton, List, RowButton, Spinner } from "../../ui/index.ts";
import { report } from "../actions.ts";
import { useEditor, useReadOnly, useRuns, useTriggers, useWorkflow } from "../services.ts";
import styles from "./trigger.module.css";
import { originOf } from "./words.ts";

/** Earlier events: pick one, run the workflow with it again, delete it. */
export function EarlierEvents({ onClose }: { readonly onClose: () => void }) {
  const { triggers } = useEditor();
  const events = useTriggers((state) => state.events);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Earlier events"
      size="l"
      icon={<History size={18} aria-hidden className={styles.titleIcon} />}
      description="The last 100 events of this workflow, up to 20 MB, are kept in this browser as they came, tokens in headers included. A file of the workflow holds none of them but the selected one, without such headers."
      initialFocus={(popup) => popup.querySelector<HTMLElement>("[data-event]")}
    >
      {events === null ? (
        <Spinner label="Reading the events" />
      ) : events.length === 0 ? (
        <EmptyState title="No events yet">
          Requests and due times become events, and what you type is one as soon as a step is tested with it.
        </EmptyState>
      ) : (
        <List frame="dialog" pickable>
          {events.map((record) => (
            <EventRow
              key={record.id}
              record={record}
              onUse={() => {
                triggers.getState().select(record.eventId);
                onClose();
              }}
              onReplay={() => {
                onClose();
                void triggers.getState().replay(record.eventId).catch(report("Running it again"));
              }}
              onDelete={() =>
                void triggers.getState().remove(record.eventId).catch(report("Deleting the event"))
              }
            />
          ))}
        </List>
      )}
    </Dialog>
  );
}

interface EventRowProps {
  readonly record: EventRecord;
  readonly onUse: () => void;
  readonly onReplay: () => void;
  readonly onDelete: () => void;
}

function EventRow({ record, onUse, onReplay, onDelete }: EventRowProps) {
  const selected = useWorkflow((workflow) => isSelected(record, workflow.trigger.eventText));
  const running = useRuns((state) => state.running !== null);
  const isEmpty = useWorkflow((workflow) => workflow.steps.length === 0);
  const readOnly = useReadOnly();
  const { title, at } = record;
  const name = `${title}, ${formatClock(at)}`;
  return (
    <li className={styles.eventRow}>
      <RowButton
        data-event
        className={styles.use}
        aria-label={`Use ${name}`}
        aria-current={selected || undefined}
        disabled={readOnly}
        onClick={onUse}
      >
        <span className={styles.eventTitle}>{title}</span>
        <span className={styles.eventFacts}>
          {originOf(record)} ·{" "}
          <time
            dateTime={new Date(at).toISOString()}
          >{`${formatClock(at)}, ${formatAgo(at, Date.now())}`}</time>
        </span>
      </RowButton>
      {selected && <Badge tone="ok">Selected</Badge>}
      <Button
        size="s"
        aria-label={`Replay ${name}`}
        disabled={running || readOnly || isEmpty}
        title={running ? "Something runs" : undefined}
        onClick={onReplay}
      >
        <RotateCcw size={13} aria-hidden /> Replay
      </Button>
      <IconButton size="s" label={`Delete ${name}`} icon={<Trash2 size={14} />} onClick={onDelete} />
    </li>
  );
}
