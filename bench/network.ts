import path from "node:path";
import { chromium } from "@playwright/test";
import { findChromium } from "../e2e/browser/find-chromium.ts";
import { buildIfNeeded } from "../src/gateway/build-if-needed.ts";
import { startGateway } from "../src/gateway/index.ts";
import { fetchThroughProxy } from "./network/baseline.ts";
import { type PartTimes, throughGateway, throughPage } from "./network/parts.ts";
import { nativePython, startProcess } from "./network/processes.ts";
import { host, stepOfTheProduct } from "./network/product.ts";
import { median, type Times, type Way } from "./network/times.ts";
import type { BenchRow } from "./run.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const LOAD = { count: 200, bytes: 20 * 1024 * 1024 };
const root = path.resolve(import.meta.dirname, "..");

/**
 * 200 small GETs one after the other on one connection through `http.client`, and 20 MB down and up: a step of the product in
 * Chromium beside native CPython and beside `fetch` through a proxy route, in turns against the same server.
 */
export async function run(): Promise<BenchRow[]> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const executablePath = await findChromium(say);
  await buildIfNeeded(root, "everything", say);
  const mock = await startProcess<{ direct: number; distant: number }>("mock.ts");
  const proxy = await startProcess<{ port: number }>("proxy.ts");
  const gateway = await startGateway({
    port: 0,
    appDir: path.join(root, "dist/app"),
    runtimeDir: path.join(root, "dist/runtime"),
    resolve: async (name) => (name === host ? "127.0.0.1" : null),
  });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const context = await browser.newContext({
      // High enough for all of the step's code: what an editor doesn't show can't be checked.
      viewport: { width: 1280, height: 1600 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const app = await context.newPage();
    const ways = [
      nativePython(),
      await fetchThroughProxy(await context.newPage(), `http://127.0.0.1:${proxy.said.port}/`),
      await stepOfTheProduct(app, gateway.url),
    ];
    const target = { host, port: mock.said.direct, ...LOAD };
    const parts: Parts[] = [];
    const near = await rounds(ways, mock.said.direct, async () => {
      parts.push({
        gateway: await throughGateway(gateway.url, target),
        page: await throughPage(app, target),
      });
    });
    return [
      ...rows("no latency", near),
      ...whereTheTimeGoes(near, parts),
      ...rows("20 ms of latency", await rounds(ways, mock.said.distant)),
    ];
  } finally {
    await browser.close();
    await gateway.close();
    mock.child.disconnect();
    proxy.child.disconnect();
  }
}

/** Each way in turns, so that what else the machine does hits all of them; medians of each. */
async function rounds(
  ways: readonly Way[],
  port: number,
  also: () => Promise<void> = async () => undefined,
): Promise<readonly Times[]> {
  const measured = ways.map((): Times[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, way] of ways.entries()) {
      const times = await way.measure(port, LOAD);
      // The first round warms everything up.
      if (round > 0) measured[index]?.push(times);
    }
    await also();
  }
  return measured.map((times) => ({
    get: median(times.map(({ get }) => get)),
    down: median(times.map(({ down }) => down)),
    up: median(times.map(({ up }) => up)),
    python: median(times.map(({ python = 0 }) => python)),
  }));
}

/** The same requests without what comes after: each part is what it adds to the one before. */
interface Parts {
  /** Frames sent by this process through the gateway. */
  readonly gateway: PartTimes;
  /** The same from the page. */
  readonly page: PartTimes;
}

function whereTheTimeGoes([native, , ours]: readonly Times[], parts: readonly Parts[]): BenchRow[] {
  if (!native || !ours) return [];
  const row = (name: string, of: "get" | "down", python: number): BenchRow => {
    const gateway = median(parts.map((part) => part.gateway[of]));
    const page = median(parts.map((part) => part.page[of]));
    const values = {
      serverAndGatewayMs: gateway,
      browserSocketMs: page - gateway,
      portsAndSuspensionMs: ours[of] - page - python,
      httpClientMs: python,
    };
    const [server, socket, ports, client] = Object.values(values).map((ms) => ms.toFixed(2));
    const note = `server and gateway ${server} ms, the page's WebSocket ${socket} ms, ports from page to worker and Python's waiting ${ports} ms`;
    return {
      name,
      median: `${ours[of].toFixed(2)} ms`,
      note: python > 0 ? `${note}, http.client itself ${client} ms` : note,
      values,
    };
  };
  return [
    row("Of it, a small GET without latency", "get", ours.python ?? 0),
    row("Of it, 20 MB down without latency", "down", 0),
  ];
}

function rows(where: string, [native, fetched, ours]: readonly Times[]): BenchRow[] {
  if (!native || !fetched || !ours) return [];
  const ratio = (of: "get" | "down" | "up") =>
    `${(ours[of] / native[of]).toFixed(2)}× native, ${(ours[of] / fetched[of]).toFixed(2)}× fetch`;
  const values = (of: "get" | "down" | "up") => ({
    oursMs: ours[of],
    nativeMs: native[of],
    fetchMs: fetched[of],
  });
  const megabytes = LOAD.bytes / 1_000_000;
  const speed = (ms: number) => `${((megabytes / ms) * 1000).toFixed(0)} MB/s`;
  const others = (of: "down" | "up") => `native ${speed(native[of])}, fetch ${speed(fetched[of])}`;
  return [
    {
      name: `${LOAD.count} small GETs through http.client, ${where}`,
      median: `${ours.get.toFixed(2)} ms a request`,
      ratio: ratio("get"),
      note: `native ${native.get.toFixed(2)} ms, fetch ${fetched.get.toFixed(2)} ms`,
      values: values("get"),
    },
    {
      name: `20 MB down, ${where}`,
      median: speed(ours.down),
      ratio: ratio("down"),
      note: others("down"),
      values: values("down"),
    },
    {
      name: `20 MB up, ${where}`,
      median: speed(ours.up),
      ratio: ratio("up"),
      note: others("up"),
      values: values("up"),
    },
  ];
}
