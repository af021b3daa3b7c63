import { WebSocket as NodeWebSocket } from "ws";
import type { GatewayOptions } from "../../../gateway/index.ts";
import { startTestGateway, type TestGateway } from "../../../gateway/testing/page.ts";
import type { ConnectionRecord, NetworkAnswer, NetworkQuestion, RunNetwork } from "../../protocol.ts";
import {
  createGatewayClient,
  createWorkerNetwork,
  type GatewayClient,
  type WorkerNetwork,
} from "../index.ts";
import { permittedRun } from "./fakes.ts";

/** Tests put the worker's in its place. */
const fetchOfNode = fetch;

/** The page's end of one worker's network, at a gateway of its own. */
export interface TestPage {
  readonly gateway: TestGateway;
  readonly client: GatewayClient;
  readonly network: WorkerNetwork;
  /** The last record of each connection, in the order in which they began. */
  readonly records: () => ConnectionRecord[];
  readonly questions: NetworkQuestion[];
  /** What the workflow's list says; allows by default. */
  judge: RunNetwork["judge"];
  /** How questions are answered; allows by default. */
  answer: (question: NetworkQuestion) => NetworkAnswer | Promise<NetworkAnswer>;
  close(): Promise<void>;
}

export async function startTestPage(options: Partial<GatewayOptions> = {}): Promise<TestPage> {
  const gateway = await startTestGateway(options);
  const client = createGatewayClient({
    origin: gateway.origin,
    token: gateway.token,
    openWebSocket: (url, protocols) => {
      // Node's own sends no Origin header, and the gateway wants the page's.
      const socket = new NodeWebSocket(url, protocols, { origin: gateway.origin });
      // A browser's tells of an error by "close" alone.
      socket.on("error", () => undefined);
      return socket as unknown as WebSocket;
    },
    fetch: (url, init) =>
      fetchOfNode(url, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init?.headers)), origin: gateway.origin },
      }),
  });
  const records = new Map<number, ConnectionRecord>();
  const page: TestPage = {
    gateway,
    client,
    network: createWorkerNetwork({
      client,
      onConnection: (record) => records.set(record.id, record),
      permitted: permittedRun({
        judge: (host, port) => page.judge(host, port),
        ask: async (question) => {
          page.questions.push(question);
          return page.answer(question);
        },
      }),
    }),
    records: () => [...records.values()],
    questions: [],
    judge: () => "allow",
    answer: () => "allow",
    async close() {
      page.network.close();
      await gateway.close();
    },
  };
  return page;
}
