import type { HostRange, NetworkAnswer } from "../runtime/index.ts";

/** One line of a workflow's list of hosts. */
export interface HostRule {
  /** A name in lower case or an address, without brackets. */
  readonly host: string;
  /** Null: all of its ports. */
  readonly port: number | null;
  readonly range: HostRange;
  readonly decision: NetworkAnswer;
  /** `run`: listed because it was reached. */
  readonly by: "person" | "run";
  /** Milliseconds since the epoch; null: never. */
  readonly lastUsedAt: number | null;
}

/** A secret that may always be sent to a host that is none of its account's app. */
export interface SecretRule {
  /** As code reads it: `slack.$auth.oauth_access_token`. */
  readonly secret: string;
  /** The account's name for the person. */
  readonly account: string;
  readonly host: string;
}

/** What one workflow may do on the network, as stored: apart from the document, so that no file brings it along. */
export interface NetworkPolicyRecord {
  /** The workflow's. */
  readonly id: string;
  /** False: imported, and nobody has said yet that it may be trusted. A workflow without a record is. */
  readonly trusted: boolean;
  readonly hosts: readonly HostRule[];
  readonly secrets: readonly SecretRule[];
}

/** The policy of one workflow as it stands; saves itself, and other tabs' changes come in. */
export interface NetworkPolicyState {
  readonly loaded: boolean;
  readonly trusted: boolean;
  readonly hosts: readonly HostRule[];
  readonly secrets: readonly SecretRule[];
  /** Adds or changes a line, as the person's. */
  setHost(host: string, port: number | null, decision: NetworkAnswer): void;
  removeHost(host: string, port: number | null): void;
  /** Puts a line back as it was, for undo. */
  restoreHost(rule: HostRule): void;
  removeSecret(secret: string, host: string): void;
  /** As `restoreHost`. */
  restoreSecret(rule: SecretRule): void;
  setTrusted(trusted: boolean): void;
}
