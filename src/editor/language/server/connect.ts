import type { PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { createRpc, type Rpc, type ServerPort } from "./rpc.ts";
import { filesAtStart, rootUri } from "./settings.ts";

/**
 * Starts basedpyright behind a port (a worker of `pyright.worker.js`) with the files of installed packages, by their path in
 * `site-packages`. Resolves when it can be asked.
 *
 * @throws Error where it refuses to start.
 */
export async function connect(
  port: ServerPort,
  packages: Readonly<Record<string, string>>,
  onDiagnostics: (params: PublishDiagnosticsParams) => void,
): Promise<Rpc> {
  port.postMessage({ type: "browser/boot", mode: "foreground" });
  const rpc = createRpc(port, onDiagnostics);
  await rpc.request("initialize", {
    processId: null,
    rootUri,
    workspaceFolders: [{ name: "steps", uri: rootUri }],
    initializationOptions: { files: filesAtStart(packages) },
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: {
        completion: {
          completionItem: {
            documentationFormat: ["markdown"],
            resolveSupport: { properties: ["documentation"] },
          },
        },
        hover: { contentFormat: ["markdown"] },
        publishDiagnostics: { versionSupport: true, tagSupport: { valueSet: [1, 2] } },
        signatureHelp: {
          signatureInformation: {
            documentationFormat: ["markdown"],
            parameterInformation: { labelOffsetSupport: true },
            activeParameterSupport: true,
          },
        },
      },
    },
  });
  rpc.notify("initialized", {});
  return rpc;
}
