import { createHash } from "node:crypto";
import { httpServer } from "./servers.ts";

interface IndexAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** The connection ends before the body does. */
  readonly cut?: boolean;
}

/** A package index on loopback; its content may be changed while it runs. */
export interface TestIndex {
  readonly port: number;
  /** `METHOD path` of every request, in order. */
  readonly asked: string[];
  /** Authorization headers, in order. */
  readonly authorizations: (string | undefined)[];
  /** Path → what is answered; 404 for others. */
  readonly answers: Map<string, IndexAnswer>;
  close(): Promise<void>;
}

export async function startTestIndex(): Promise<TestIndex> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const answers: TestIndex["answers"] = new Map();
  const { port, close } = await httpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers.authorization);
    const answer = answers.get(request.url ?? "");
    const body = Buffer.from(answer?.body ?? "not here");
    const headers = { "content-length": body.length, ...answer?.headers };
    response.writeHead(answer?.status ?? (answer ? 200 : 404), headers);
    if (answer?.cut) response.write(body.subarray(1), () => response.socket?.destroy());
    else response.end(body);
  });
  return { port, asked, authorizations, answers, close };
}

export function sha256(bytes: string | Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A PEP 691 page as an answer. */
export function simplePage(name: string, files: readonly Readonly<Record<string, unknown>>[]) {
  return {
    headers: { "content-type": "application/vnd.pypi.simple.v1+json" },
    body: JSON.stringify({ meta: { "api-version": "1.0" }, name, files }),
  };
}
