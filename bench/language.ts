import type { Page } from "@playwright/test";
import { CodeHelp } from "../e2e/pages/code-help.ts";
import { Runnel } from "../e2e/pages/runnel.ts";
import { startProduct } from "../e2e/product.ts";
import { keyToPaint } from "./builder/keystrokes.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { withProfile } from "./start/profile.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Letters that complete nothing and close nothing, typed at the end of a comment. */
const TYPED = "thequickbrownfoxjumps";
const CODE = 'import requests\n\ndef handler(pd: "pipedream"):\n    return requests.get(nope)\n';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const inMilliseconds = (value: number) => `${value.toFixed(1)} ms`;

/** What knowing the code costs: a key while the language server runs beside one while it doesn't, and its memory. */
export async function run(): Promise<BenchRow[]> {
  const gateway = await startProduct();
  const keys = { without: [] as number[], with: [] as number[] };
  const startTimes: number[] = [];
  let memory: Memory = { server: 0, tools: 0 };
  try {
    await withProfile(async (context) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      for (let round = 0; round < ROUNDS; round++) {
        for (const side of ["without", "with"] as const) {
          const page = await context.newPage();
          // A script that does nothing: the session waits for it for ever.
          if (side === "without")
            await page.route(/language-server-[\w-]+\.js$/, (route) =>
              route.fulfill({ contentType: "text/javascript", body: "" }),
            );
          const builder = await (await new Runnel(page, gateway.url).open()).create();
          const step = await builder.addCode("trigger", "python", CODE);
          const help = new CodeHelp(page, step.code);
          const begun = performance.now();
          if (side === "with") {
            // Only the server knows that.
            await help.expectHover("get", "def get");
            startTimes.push(performance.now() - begun);
            memory = await memoryOf(page);
          }
          await help.goTo("requests.get(nope)");
          await page.keyboard.type("  # ");
          await page.waitForTimeout(4000);
          keys[side].push(await keyToPaint(page, TYPED));
          await page.close();
        }
      }
    });
  } finally {
    await gateway.close();
  }
  const [plain, known] = [median(keys.without), median(keys.with)];
  return [
    {
      name: "key to paint while the language server looks at what is typed",
      median: inMilliseconds(known),
      ratio: `${(known / plain).toFixed(2)}× without it`,
      values: { withMs: known, withoutMs: plain },
    },
    {
      name: "language server: from the last key to the first answer of a new page",
      median: `${(median(startTimes) / 1000).toFixed(2)} s`,
      note: "2.5 s of it are the pause that it waits for",
    },
    {
      name: "memory of the language server, and of the worker with Ruff",
      median: `${megabytes(memory.server)} and ${megabytes(memory.tools)}`,
      note: "heap and buffers; Ruff's WebAssembly is not among them",
      values: { serverBytes: memory.server, toolsBytes: memory.tools },
    },
  ];
}

interface Memory {
  readonly server: number;
  readonly tools: number;
}

/** Heap and buffers of the two workers, as their own debuggers tell it, in bytes. */
async function memoryOf(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const used = new Map<string, number>();
  const urls = new Map<string, string>();
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    urls.set(sessionId, targetInfo.url);
    const message = JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" });
    void session.send("Target.sendMessageToTarget", { sessionId, message });
  });
  session.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
    const { id, result } = JSON.parse(message) as {
      id?: number;
      result?: { usedSize: number; backingStorageSize?: number };
    };
    if (id === 1 && result)
      used.set(urls.get(sessionId) ?? "", result.usedSize + (result.backingStorageSize ?? 0));
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  await page.waitForTimeout(2000);
  await session.detach();
  const of = (name: RegExp) => [...used].find(([url]) => name.test(url))?.[1] ?? Number.NaN;
  return { server: of(/language-server/), tools: of(/wasm-worker/) };
}
