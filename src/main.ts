/**
 * Composition root. Python starts first, from next to nothing; the app loads beside it, is given the services and mounted.
 */
import "./lib/strict-policy.ts";
import "./ui/global.css";
import "./ui/theme.ts";
import { createGatewayClient, createRuntime, RUNTIME_META, TOKEN_META } from "./runtime/index.ts";
import { openRuntimeFiles } from "./storage/runtime-files.ts";

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? "";
const token = meta(TOKEN_META);
const client = createGatewayClient({ origin: location.origin, token });
const files = openRuntimeFiles();
const runtime = createRuntime({
  client,
  blobs: files,
  snapshots: files.snapshots,
  base: "/runtime/",
  version: /^[\da-f]+$/.exec(meta(RUNTIME_META))?.[0] ?? null,
});
runtime.start(openedWorkflow());

/** The workflow that the page's address leads to. */
function openedWorkflow(): string | null {
  return /^\/workflows\/([\w-]+)$/.exec(location.pathname)?.[1] ?? null;
}

try {
  const { mountApp } = await import("./app/index.ts");
  await mountApp({ client, runtime });
} catch (error) {
  console.error(error);
  // Nothing of the app is there to say it.
  document
    .getElementById("root")
    ?.append(
      "Runnel could not be loaded: its server does not answer, or was built anew meanwhile. Start it again (npm start) and reload this page.",
    );
}
