import type { DocumentCodec } from "../../lib/document-codec.ts";
import type { Workflow } from "../../workflow/index.ts";
import { testDataStores } from "./data-stores.ts";
import { testDeletion } from "./deletion.ts";
import { testEvents } from "./events.ts";
import { testNetworkPolicies } from "./network-policies.ts";
import { testRecords } from "./records.ts";
import { setUpStorage, type TestBrowser } from "./setup.ts";
import { testUnreadable } from "./unreadable.ts";
import { testUnsaved } from "./unsaved.ts";
import { testWaitingRuns } from "./waiting-runs.ts";
import { testWorkflows } from "./workflows.ts";

/** What every implementation of `Storage` does; run for each of them. */
export function testStorage(
  workflowCodec: DocumentCodec<Workflow>,
  makeBrowser: () => Promise<TestBrowser>,
): void {
  const context = setUpStorage(workflowCodec, makeBrowser);
  testWorkflows(context);
  testDeletion(context);
  testEvents(context);
  testUnreadable(context);
  testUnsaved(context);
  testRecords(context);
  testNetworkPolicies(context);
  testDataStores(context);
  testWaitingRuns(context);
}
