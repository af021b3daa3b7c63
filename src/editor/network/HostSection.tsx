import { useState } from "react";
import type { HostRule } from "../../runs/index.ts";
import { List, TextField } from "../../ui/index.ts";
import { useEditor, useNetwork } from "../services.ts";
import type { NetworkTarget } from "../view.ts";
import { AddHost } from "./AddHost.tsx";
import { HostRow } from "./HostRow.tsx";
import { hostAndPort } from "./host-text.ts";
import styles from "./network.module.css";
import { RemovedRow } from "./RemovedRow.tsx";
import type { AttachedHosts } from "./use-app-hosts.ts";

/** From how many hosts on there is a search. */
const MANY = 9;

export interface HostSectionProps {
  readonly apps: readonly AttachedHosts[] | null;
  readonly target: NetworkTarget | null;
}

/** The hosts that were reached, asked about or added; each may be allowed, denied or taken off the list. */
export function HostSection({ apps, target }: HostSectionProps) {
  const { network } = useEditor();
  const hosts = useNetwork((state) => state.hosts);
  const trusted = useNetwork((state) => state.trusted);
  const [removed, setRemoved] = useState<readonly HostRule[]>([]);
  const [restored, setRestored] = useState("");
  const [query, setQuery] = useState("");
  const [now] = useState(Date.now);
  const { setHost, removeHost, restoreHost } = network.getState();

  const keys = new Set(hosts.map(keyOf));
  const gone = removed.filter((rule) => !keys.has(keyOf(rule)));
  const all = [...hosts, ...gone].sort(byName);
  const wanted = target === null ? null : wantedRule(hosts, target);
  const words = query.trim().toLowerCase();
  const found = all.filter((rule) => hostAndPort(rule.host, rule.port).toLowerCase().includes(words));

  return (
    <section className={styles.section} aria-labelledby="network-hosts">
      <h3 id="network-hosts">Hosts</h3>
      {hosts.length >= MANY && (
        <TextField label="Search hosts" type="search" value={query} onChange={setQuery} />
      )}
      {all.length === 0 && (
        <p className={styles.none}>
          None yet. {trusted ? "What a step reaches is listed here" : "What you allow is listed here"}, with
          the way to allow or deny it.
        </p>
      )}
      {all.length > 0 && found.length === 0 && (
        <p className={styles.none} role="status">
          No host has “{query.trim()}” in its name.
        </p>
      )}
      {found.length > 0 && (
        <List frame="dialog" aria-label="Hosts">
          {found.map((rule) =>
            keys.has(keyOf(rule)) ? (
              <HostRow
                key={keyOf(rule)}
                rule={rule}
                now={now}
                // What a run has listed is no permission of its own.
                decision={rule.by === "person" || rule.decision === "deny" || trusted ? rule.decision : null}
                wanted={rule === wanted}
                restored={keyOf(rule) === restored}
                onDecide={(decision) => setHost(rule.host, rule.port, decision)}
                onRemove={() => {
                  removeHost(rule.host, rule.port);
                  setRemoved([...gone, rule]);
                }}
              />
            ) : (
              <RemovedRow
                key={`removed ${keyOf(rule)}`}
                name={hostAndPort(rule.host, rule.port)}
                onUndo={() => {
                  restoreHost(rule);
                  setRestored(keyOf(rule));
                }}
              />
            ),
          )}
        </List>
      )}
      <AddHost
        apps={apps}
        proposal={target !== null && wanted === null ? hostAndPort(target.host, target.port) : null}
        onAdd={({ host, port }, decision) => {
          setHost(host, port, decision);
          setQuery("");
        }}
      />
    </section>
  );
}

function keyOf({ host, port }: HostRule): string {
  return hostAndPort(host, port);
}

function byName(a: HostRule, b: HostRule): number {
  return a.host < b.host ? -1 : a.host > b.host ? 1 : (a.port ?? 0) - (b.port ?? 0);
}

/** The line that decides about a host: the one for the port before the one for all. */
function wantedRule(hosts: readonly HostRule[], target: NetworkTarget): HostRule | null {
  const same = hosts.filter(({ host }) => host === target.host);
  return same.find(({ port }) => port === target.port) ?? same.find(({ port }) => port === null) ?? null;
}
