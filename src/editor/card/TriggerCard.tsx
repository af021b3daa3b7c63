import { ChevronDown, ChevronUp, History, type LucideIcon, Play, Timer, Webhook } from "lucide-react";
import { useMemo, useRef } from "react";
import { Badge, Button, IconButton } from "../../ui/index.ts";
import {
  parseEvent,
  setEventText,
  setTriggerCollapsed,
  TRIGGER_NAME,
  type Trigger,
} from "../../workflow/index.ts";
import { CodeEditor, type CodeHandle } from "../code/index.ts";
import { useEditor, useReadOnly, useView, useWorkflow } from "../services.ts";
import { EarlierEvents } from "../trigger/EarlierEvents.tsx";
import { HttpSettings } from "../trigger/HttpSettings.tsx";
import { ScheduleSettings } from "../trigger/ScheduleSettings.tsx";
import { TriggerKind } from "../trigger/TriggerKind.tsx";
import styles from "./card.module.css";
import { EventTree } from "./EventTree.tsx";
import { useFocusRequest } from "./use-focus-request.ts";
import { useNear } from "./use-near.ts";

const icons: Readonly<Record<Trigger["kind"], LucideIcon>> = { manual: Play, http: Webhook, schedule: Timer };

/** The workflow's beginning: what starts it, and the event that a test runs with, as JSON. */
export function TriggerCard() {
  const { document, view } = useEditor();
  const trigger = useWorkflow((workflow) => workflow.trigger);
  const workflowId = useWorkflow((workflow) => workflow.id);
  const readOnly = useReadOnly();
  const card = useRef<HTMLElement>(null);
  const code = useRef<CodeHandle>(null);
  const { near } = useNear(card);
  useFocusRequest(TRIGGER_NAME, card);
  const parsed = useMemo(() => parseEvent(trigger.eventText), [trigger.eventText]);
  const problem = parsed.ok ? null : parsed.error;
  const { apply } = document.getState();
  const { collapsed, eventText } = trigger;
  const Icon = icons[trigger.kind];
  const dialogOpen = useView((state) => state.dialog === "events");

  return (
    <article ref={card} className={styles.card} aria-label={TRIGGER_NAME} tabIndex={-1}>
      <header className={styles.head}>
        <span className={styles.triggerIcon} aria-hidden>
          <Icon size={14} fill={trigger.kind === "manual" ? "currentColor" : "none"} />
        </span>
        <div className={styles.names}>
          <TriggerKind />
          <div className={styles.slug}>trigger</div>
        </div>
        <div className={styles.headEnd}>
          <Badge role="status" tone={problem === null ? "ok" : "bad"}>
            {problem === null ? "Event ready" : `Not JSON · line ${problem.line}`}
          </Badge>
          {collapsed && (
            <Button variant="ghost" onClick={() => apply((workflow) => setTriggerCollapsed(workflow, false))}>
              Edit event
            </Button>
          )}
          <IconButton
            label={collapsed ? "Expand" : "Collapse"}
            icon={collapsed ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
            aria-expanded={!collapsed}
            onClick={() => apply((workflow) => setTriggerCollapsed(workflow, !collapsed))}
          />
        </div>
      </header>
      {!collapsed && (
        <>
          {trigger.kind === "http" && <HttpSettings trigger={trigger} />}
          {trigger.kind === "schedule" && <ScheduleSettings trigger={trigger} />}
          <CodeEditor
            id={`event-${workflowId}`}
            language="json"
            label="Event of trigger"
            value={eventText}
            near={near}
            readOnly={readOnly}
            error={problem}
            handle={code}
            onLeave={() => card.current?.focus()}
            onChange={(text) => apply((workflow) => setEventText(workflow, text), { mergeKey: "event" })}
          />
          <div className={styles.eventFoot}>
            {problem === null ? (
              <span>
                Steps read it as <code>pd.steps["trigger"]["event"]</code>
              </span>
            ) : (
              <>
                <span className={styles.problem}>
                  Line {problem.line}, column {problem.column}: {problem.message}
                </span>
                <Button size="s" onClick={() => code.current?.focusLine(problem.line)}>
                  Go to line {problem.line}
                </Button>
              </>
            )}
            <Button size="s" variant="ghost" onClick={() => view.getState().openDialog("events")}>
              <History size={13} aria-hidden /> Earlier events
            </Button>
          </div>
          {problem === null && <EventTree eventText={eventText} />}
        </>
      )}
      {dialogOpen && <EarlierEvents onClose={view.getState().closeDialog} />}
    </article>
  );
}
