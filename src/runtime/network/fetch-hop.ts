import type { HostRange } from "../protocol.ts";
import { type Answered, type FetchHop, requestFor } from "./fetch-hops.ts";
import type { GatewayClient } from "./gateway-client.ts";
import { denial, type Permissions, targetOf } from "./permissions.ts";
import type { Clearance, SecretGuard } from "./secret-guard.ts";

/** Something that the workflow may not reach, or may not send: Python's `PermissionError`. */
export class DeniedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DeniedError";
  }
}

export interface HopSenderDeps {
  readonly client: GatewayClient;
  readonly permissions: Permissions;
  readonly guard: SecretGuard;
  /** The person is asked now, or has answered. */
  readonly onAsking: (now: boolean) => void;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Makes the function that sends one hop of a request. The gateway hears of it, and looks its host up, only after the
 * workflow's list and what it carries were judged and the person was asked where that is needed.
 */
export function createHopSender(deps: HopSenderDeps): (hop: FetchHop) => Promise<Answered> {
  const { client, permissions, guard, onAsking, signal } = deps;

  async function cleared(clearance: Clearance): Promise<void> {
    if (clearance === null) return;
    onAsking(true);
    const denied = await clearance;
    signal.throwIfAborted();
    onAsking(false);
    if (denied !== null) throw new DeniedError(denied);
  }

  return async (hop) => {
    const url = checkUrl(hop.url.href, client);
    const host = bareHost(url);
    const port = portOf(url);
    // A name that holds a secret is not even shown as it is.
    const shownHost = guard.shown(host);
    await cleared(guard.hostName(host, port));
    await cleared(permissions.clear(shownHost, port));
    await cleared(clearContent(guard, url, hop));
    let range: HostRange = "public";
    const allowed: string[] = [];
    for (;;) {
      const fetched = await client.fetchThrough(requestFor(hop, [...allowed]), hop.body, signal);
      const { head } = fetched;
      if (head.kind === "response") {
        permissions.reached(shownHost, port, range);
        return { ...fetched, head };
      }
      await fetched.body?.cancel();
      if (head.kind === "error")
        throw head.code === "EACCES" ? new DeniedError(head.message) : new Error(head.message);
      const question = {
        kind: "host",
        host: guard.shown(head.host),
        port: head.port,
        address: head.address,
        range: head.range,
      } as const;
      // Of what is allowed the gateway asks no more.
      if (allowed.length > 0) throw new DeniedError(denial(question));
      await cleared(
        permissions.ask(question).then((answer) => (answer === "allow" ? null : denial(question))),
      );
      allowed.push(targetOf(head.host, head.port));
      range = head.range;
    }
  };
}

/** Whether the request may go to its host with what it carries. */
function clearContent(guard: SecretGuard, url: URL, { headers, body }: FetchHop): Clearance {
  return guard.request(bareHost(url), portOf(url), [
    { place: "address", content: url.href },
    ...headers.map(([name, value]) => ({ place: "header", content: `${name}: ${value}` }) as const),
    { place: "body", content: new Uint8Array(body ?? new ArrayBuffer()) },
  ]);
}

/** @throws Error where a step can't fetch that, whatever the policy */
export function checkUrl(text: string, client: GatewayClient): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new Error(`${text.slice(0, 200)} is not a URL.`);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new Error(`Only http and https can be fetched, not ${url.protocol}`);
  }
  if (url.host === new URL(client.origin).host) throw new Error("A step can't reach Runnel itself.");
  return url;
}

export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}

export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}
