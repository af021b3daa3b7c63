import { useState } from "react";
import type { StepRunState } from "../../runs/index.ts";
import { Tabs } from "../../ui/index.ts";
import { ErrorPanel, type ErrorPanelProps } from "./ErrorPanel.tsx";
import { Logs } from "./logs/Logs.tsx";
import { NetworkTab } from "./network/NetworkTab.tsx";
import { OutputTab } from "./output/OutputTab.tsx";
import styles from "./results.module.css";
import { JsonTree } from "./tree/JsonTree.tsx";
import { exporterOfInput, inputPath, pythonPath, stepRoot } from "./tree/path.ts";

export interface ResultsProps {
  readonly stepName: string;
  readonly state: StepRunState;
  /** Why it is stale, for people. */
  readonly staleNote?: string | undefined;
  /** Puts the cursor on a line of the step's code. */
  readonly onShowLine: (line: number) => void;
  readonly onShowNetwork: ErrorPanelProps["onShowNetwork"];
}

type TabId = "logs" | "output" | "exports" | "network" | "inputs";

/** What a test of the step gave: its error first, then logs, exports, network and inputs in tabs. */
export function Results({ stepName, state, staleNote = "", onShowLine, onShowNetwork }: ResultsProps) {
  const [chosen, setTab] = useState<TabId | null>(null);
  const { log, exportsJson, displays, inputsJson, network, error, status } = state;
  const hasOutput = displays.length > 0;
  // Until a person picks one: what was made to be looked at, once the logs stand still.
  const first = hasOutput && status !== "running" ? "output" : "logs";
  const tab = chosen === null || (chosen === "output" && !hasOutput) ? first : chosen;
  return (
    <div>
      {error !== null && status === "failed" && (
        <ErrorPanel error={error} onShowLine={onShowLine} onShowNetwork={onShowNetwork} />
      )}
      {state.stale && status !== "running" && (
        <p className={styles.stale}>
          {staleNote || "From before the last change."} Test again to see what it does now.
        </p>
      )}
      <Tabs<TabId>
        label={`Results of ${stepName}`}
        selected={tab}
        onSelect={setTab}
        tabs={[
          {
            id: "logs",
            label: "Logs",
            count: log.total,
            panel: (
              // Of another run, another log: its end is followed again.
              <Logs key={state.startedAt} stepName={stepName} log={log} running={status === "running"} />
            ),
          },
          ...(hasOutput
            ? [
                {
                  id: "output" as const,
                  label: "Output",
                  count: displays.length,
                  panel: <OutputTab stepName={stepName} displays={displays} />,
                },
              ]
            : []),
          {
            id: "exports",
            label: "Exports",
            panel: <Exports stepName={stepName} json={exportsJson} />,
          },
          {
            id: "network",
            label: "Network",
            count: network.length,
            panel: <NetworkTab stepName={stepName} network={network} running={status === "running"} />,
          },
          { id: "inputs", label: "Inputs", panel: <Inputs stepName={stepName} json={inputsJson} /> },
        ]}
      />
    </div>
  );
}

interface JsonPanelProps {
  readonly stepName: string;
  readonly json: string | null;
}

function Exports({ stepName, json }: JsonPanelProps) {
  if (json === null || json === "{}") {
    return (
      <p className={styles.nothing}>
        Nothing was exported. What <code>handler</code> returns is, and so is each{" "}
        <code>pd.export(name, value)</code>.
      </p>
    );
  }
  const root = stepRoot(stepName);
  return (
    <JsonTree
      label={`Exports of ${stepName}`}
      json={json}
      pathOf={(path) => pythonPath(root, path)}
      exporterOf={() => stepName}
      open={["/$return_value", "/$resume_data"]}
    />
  );
}

function Inputs({ stepName, json }: JsonPanelProps) {
  if (json === null) {
    return (
      <p className={styles.nothing}>
        What the step was given isn't kept for this result. Test it again to see it.
      </p>
    );
  }
  return (
    <JsonTree
      label={`Inputs of ${stepName}`}
      json={json}
      pathOf={inputPath}
      exporterOf={exporterOfInput}
      open={["/steps", "/inputs", "/steps/trigger"]}
    />
  );
}
