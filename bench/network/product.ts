import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { Runnel } from "../../e2e/pages/runnel.ts";
import type { Load, Times, Way } from "./times.ts";

const source = readFileSync(path.join(import.meta.dirname, "measure.py"), "utf8");

/** A host that the gateway's resolver sends to loopback: public to the policy, so that nobody is asked. */
export const host = "bench.test";

/** A step of the real product, run with Test. Its event says what to measure. */
export async function stepOfTheProduct(page: Page, url: string): Promise<Way> {
  const runnel = new Runnel(page, url);
  const { builder, step } = await runnel.newStep(
    `${source}\ndef handler(pd: "pipedream"):\n    what = pd.steps["trigger"]["event"]\n    print("measured", measure(**what))\n`,
  );
  await builder.setTimeLimit(600);
  return {
    name: "a step of Runnel",
    async measure(port: number, { count, bytes }: Load): Promise<Times> {
      await builder.setEvent(JSON.stringify({ host, port, count, size: bytes }));
      await step.testAgain();
      await expect(step.status).toHaveText(/^(Success|Failed)/, { timeout: 600_000 });
      await step.expectStatus("Success");
      await step.show("Logs");
      const text = (await step.log.textContent()) ?? "";
      const dictionary = /measured (\{[^}]*\})/.exec(text)?.[1];
      if (dictionary === undefined) throw new Error(`The step has printed no times: ${text}`);
      return JSON.parse(dictionary.replaceAll("'", '"')) as Times;
    },
  };
}
