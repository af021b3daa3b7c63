import type { ReactNode } from "react";
import { formatBytes, formatClock, formatDuration } from "../../../lib/format.ts";
import { withMarks } from "../marks.tsx";
import styles from "./details.module.css";
import type { NetworkEntry } from "./entries.ts";

/** What is known of an entry besides its headers and bodies. */
export function Facts({ entry }: { readonly entry: NetworkEntry }) {
  const { connection, exchange, result, error, url, durationMs, firstByteMs, sent, received } = entry;
  const duration = durationMs === null ? "" : formatDuration(durationMs);
  const times = [
    `began ${formatClock(entry.startedAt)}`,
    firstByteMs === null ? "" : `${formatDuration(firstByteMs)} until the answer began`,
    duration && `${duration} in all`,
  ].filter(Boolean);
  const total = bytes(connection.bytesOut, connection.bytesIn);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["URL", exchange ? withMarks(url) : ""],
    ["Status", withMarks(result)],
    ["Error", error === null ? "" : withMarks(error)],
    [
      "Connection",
      withMarks(`${connection.host}, port ${connection.port}${exchange ? ` (${total} in all)` : ""}`),
    ],
    ["Encryption", encryption(connection)],
    ["Protocol", exchange ? exchange.version : ""],
    [exchange ? "Bodies" : "Bytes", bytes(sent, received ?? 0)],
    ["Time", times.join(", ")],
  ];
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd className={name === "Error" ? styles.problem : undefined}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function bytes(sent: number, received: number): string {
  return `${formatBytes(sent)} sent, ${formatBytes(received)} received`;
}

function encryption({ tls, verified }: NetworkEntry["connection"]): string {
  if (!tls) return "none";
  return verified === false ? "TLS, without a check of the server's certificate" : "TLS";
}
