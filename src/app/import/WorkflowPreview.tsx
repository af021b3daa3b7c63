import type { ReactNode } from "react";
import { useStore } from "zustand";
import { countOf } from "../../lib/format.ts";
import { useServices } from "../services.ts";
import type { WorkflowContents } from "./contents.ts";
import styles from "./import.module.css";

/** More than these are counted only. */
const SHOWN = 12;

/** What one workflow would bring. Of several each is folded. */
export function WorkflowPreview({
  name,
  contents,
  alone,
}: {
  readonly name: string;
  readonly contents: WorkflowContents;
  readonly alone: boolean;
}) {
  const facts = <Facts contents={contents} />;
  if (alone) return facts;
  return (
    <details className={styles.workflow}>
      <summary>
        {name} <span className={styles.count}>{countOf(contents.steps.length, "step")}</span>
      </summary>
      {facts}
    </details>
  );
}

function Facts({ contents }: { readonly contents: WorkflowContents }) {
  const { environment } = useServices();
  const variables = useStore(environment, (state) => state.variables);
  const known = new Set(variables.map(({ name }) => name));
  const { trigger, steps, hosts, packages, dataStores } = contents;
  return (
    <dl className={styles.facts}>
      <Fact name="Trigger">{trigger}</Fact>
      <Fact name={`Steps (${steps.length})`}>{listOf(steps) || "none"}</Fact>
      {hosts.length > 0 && <Fact name="Hosts in the code">{listOf(hosts)}</Fact>}
      <Fact name={`Packages (${packages.length})`}>
        {listOf(packages) || "none kept; what the code imports is installed when it runs"}
      </Fact>
      {contents.variables.length > 0 && (
        <Fact name="Environment variables">
          {listOf(contents.variables.map((each) => (known.has(each) ? each : `${each} (not set here)`)))}
        </Fact>
      )}
      {dataStores.length > 0 && (
        <Fact name="Data stores">{listOf(dataStores)}: choose which once it is imported</Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function listOf(values: readonly string[]): string {
  const more = values.length - SHOWN;
  return [...values.slice(0, SHOWN), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
