import type { Page } from "@playwright/test";
import { Runnel } from "../e2e/pages/runnel.ts";
import { startProduct, tokens } from "../e2e/product.ts";
import { sample } from "../e2e/seed-sample.ts";
import { createAuthority } from "../e2e/servers/certificates.ts";
import { startSlack } from "../e2e/servers/slack.ts";
import { startBaseline } from "./imports/baseline.ts";
import { pressTest, waitUntilKept, wheelsOf } from "./imports/product.ts";
import { notePoints, type Points, pointsNote } from "./lib/points.ts";
import { median } from "./network/times.ts";
import type { BenchRow } from "./run.ts";
import { marksOf, withProfile } from "./start/profile.ts";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const importing = `import time
start = time.perf_counter()
import requests, slack_sdk
took = (time.perf_counter() - start) * 1000

def handler(pd: "pipedream"):
    print(f"imported in {took:.1f} ms")
`;
/** Libraries in a workflow that is opened again, beside Pyodide alone with micropip, from the second visit on. */
export async function run(): Promise<BenchRow[]> {
  const authority = await createAuthority();
  const slack = await startSlack(
    { [tokens.acme]: "Acme" },
    await authority.issue(["slack.com", "www.slack.com"]),
  );
  const gateway = await startProduct({
    extraCa: authority.cert,
    resolve: async (host) => (/^(www\.)?slack\.com$/.test(host) ? `127.0.0.1:${slack.port}` : null),
  });
  const times: Record<"bareImport" | "bareSlack" | "firstImport" | "import" | "slack", number[]> = {
    bareImport: [],
    bareSlack: [],
    firstImport: [],
    import: [],
    slack: [],
  };
  /** On the way to Slack's response. */
  const points: Points[] = [];
  let bytes = 0;
  try {
    await withProfile((ours) =>
      withProfile(async (theirs) => {
        await ours.grantPermissions(["clipboard-read", "clipboard-write"]);
        const page = await ours.newPage();
        const runnel = new Runnel(page, gateway.url);
        const imports = await runnel.newStep(importing);
        await imports.step.test();
        await imports.step.expectStatus("Success", { timeout: 120_000 });
        times.firstImport.push(await importTime(page));
        await imports.builder.expectSaved();
        const kept = await waitUntilKept(page);
        bytes = kept.bytes;
        const seed = await runnel.newStep(sample);
        await seed.builder.attachApp(seed.step, "Slack");
        await (await seed.step.connect("Slack")).submit("Acme workspace", {
          oauth_access_token: tokens.acme,
        });
        await seed.step.test();
        await seed.step.expectStatus("Success", { timeout: 120_000 });
        await seed.builder.expectSaved();
        const seedId = (await waitUntilKept(page)).workflowId;
        await page.close();

        const wheels = await wheelsOf(gateway.url, kept.packages, ["pyodide-http"]);
        const baseline = await startBaseline(wheels);
        try {
          // The first visit of theirs fills the browser's caches.
          await visit(theirs, `${baseline.url}/slack`);
          for (let round = 0; round < ROUNDS; round++) {
            times.bareImport.push((await visit(theirs, `${baseline.url}/imports`)).done);
            const again = await visit(ours, new URL(`/workflows/${kept.workflowId}`, gateway.url).href, true);
            times.import.push(again.imported);
            times.bareSlack.push((await visit(theirs, `${baseline.url}/slack`)).done);
            const answered = await visit(ours, new URL(`/workflows/${seedId}`, gateway.url).href, true);
            times.slack.push(answered.done);
            points.push(answered.points);
          }
        } finally {
          baseline.close();
        }
      }),
    );
  } finally {
    await gateway.close();
    await slack.close();
  }
  const of = (name: keyof typeof times) => median(times[name]);
  const row = (
    name: string,
    key: keyof typeof times,
    base: keyof typeof times | null,
    note?: string,
  ): BenchRow => ({
    name,
    median: key === "import" ? `${of(key).toFixed(1)} ms` : `${Math.round(of(key)).toLocaleString("en")} ms`,
    ...(base ? { ratio: `${(of(key) / of(base)).toFixed(3)}× bare Pyodide` } : {}),
    ...(note ? { note } : {}),
    values: { milliseconds: of(key) },
  });
  return [
    row("import requests, slack_sdk: bare Pyodide with micropip, installed", "bareImport", null),
    row("import requests, slack_sdk: Runnel, first visit", "firstImport", "bareImport"),
    row(
      "import requests, slack_sdk: Runnel, workflow opened again",
      "import",
      "bareImport",
      `goal 60 ms; kept for it: ${(bytes / 1e6).toFixed(0)} MB`,
    ),
    row("navigation to Slack's response: bare Pyodide, micropip, warm caches", "bareSlack", null),
    row(
      "navigation to Slack's response: Runnel, seed's workflow opened again, Test pressed at once",
      "slack",
      "bareSlack",
      "goal 1.3 s; through gateway and TLS, shown as Success",
    ),
    { name: "of it: when each point was reached", median: "", note: pointsNote(points) },
  ];
}

interface Visit {
  /** What the page noted in `window.done`. */
  readonly done: number;
  /** What the step printed, where it does. */
  readonly imported: number;
  /** From the navigation; of ours. */
  readonly points: Points;
}

async function visit(context: { newPage(): Promise<Page> }, url: string, presses = false): Promise<Visit> {
  const page = await context.newPage();
  if (presses) {
    await page.addInitScript(pressTest);
    await notePoints(page, {
      sent: { step: "step sent" },
      heard: {
        running: "worker says that the code begins",
        exports: "answer in the page",
        done: "step over",
      },
    });
  }
  await page.goto(url);
  await page.waitForFunction(() => "done" in window || "failed" in window, null, {
    polling: 20,
    timeout: 120_000,
  });
  const failed = await page.evaluate(() => Reflect.get(window, "failed"));
  if (failed !== undefined) throw new Error(`${url}: ${failed}`);
  const done = await page.evaluate(() => Number(Reflect.get(window, "done")));
  const imported = presses ? await importTime(page) : Number.NaN;
  const noted = await page.evaluate(() => (Reflect.get(window, "latencyPoints") ?? {}) as Points);
  const points = { ...(await marksOf(page)), ...noted, "Success painted": done };
  await page.close();
  return { done, imported, points };
}

async function importTime(page: Page): Promise<number> {
  const text = (await page.locator("article").last().textContent()) ?? "";
  return Number(/imported in ([\d.]+) ms/.exec(text)?.[1]);
}
