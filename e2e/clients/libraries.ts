/** What the specs of this folder share: one step that talks to servers of this machine, each of which the person allows. */
import type { Page } from "@playwright/test";
import { CLIENTS_TAG, FIREFOX_TAG } from "../browser/modes.ts";
import { Builder } from "../pages/builder.ts";
import type { Runnel } from "../pages/runnel.ts";
import type { StepCard } from "../pages/step-card.ts";
import { packages } from "../product.ts";

/** Library specs: they also run where the browser can't suspend Python. */
export const clients = { tag: CLIENTS_TAG };
/** As `clients`, of libraries that are installed. */
export const installedClients = { tag: [CLIENTS_TAG, packages.tag] };
/** As `clients`, and in Firefox as well: one of each kind. */
export const clientsInFirefox = { tag: [CLIENTS_TAG, FIREFOX_TAG] };
/** As `clientsInFirefox`, of libraries that are installed. */
export const installedClientsInFirefox = { tag: [CLIENTS_TAG, FIREFOX_TAG, packages.tag] };

interface Fixtures {
  readonly runnel: Runnel;
  readonly page: Page;
}

/** Tests a new step; every question about the network is answered with Allow, also those that come later. */
export async function testStep({ runnel }: Fixtures, code: string) {
  const { builder, step } = await runnel.newStep(code);
  await runnel.allowAllHosts(builder);
  await step.test();
  return { builder, step };
}

/** What specs of `expectLines` use: they go on in one page, and in one step there: what one has imported need not be imported again. */
export const oneStep = { samePage: "clients" };

/** Tests this code in the step of the test before, or in a new one; the step goes through, and its log has these lines. */
export async function expectLines(
  { runnel, page }: Fixtures,
  code: string,
  lines: readonly (string | RegExp)[],
): Promise<StepCard> {
  const builder = new Builder(page);
  const step = builder.step("python");
  if (await step.root.isVisible()) await step.code.set(code);
  else await runnel.newStep(code);
  await runnel.allowAllHosts(builder);
  await step.testAgain();
  // Installing takes its time on a busy machine.
  await step.expectStatus("Success", { timeout: 120_000 });
  for (const line of lines) await step.expectLog(line);
  return step;
}
