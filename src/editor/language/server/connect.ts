import type { PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { createRpc, type Rpc, type ServerPort } from "./rpc.ts";
import { filesAtStart, rootUri } from "./settings.ts";
import { TAKE_PACKAGES } from "./take-packages.ts";

/**
 * Starts basedpyright behind a port (a worker of what `languageServerSource` gives) with the files of installed packages, as
 * `packageTypes` sends them. Resolves when it can be asked.
 *
 * @throws Error where it refuses to start.
 */
export async function connect(
  port: ServerPort,
  packages: readonly MessagePort[],
  onDiagnostics: (params: PublishDiagnosticsParams) => void,
): Promise<Rpc> {
  if (packages.length > 0) await takePackages(port, packages);
  port.postMessage({ type: "browser/boot", mode: "foreground" });
  const rpc = createRpc(port, onDiagnostics);
  await rpc.request("initialize", {
    processId: null,
    rootUri,
    workspaceFolders: [{ name: "steps", uri: rootUri }],
    initializationOptions: { files: filesAtStart() },
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

/** Resolves when the server has the files. */
function takePackages(port: ServerPort, packages: readonly MessagePort[]): Promise<void> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => {
      if (typeof data === "object" && data !== null && "type" in data && data.type === TAKE_PACKAGES)
        resolve();
    };
    port.postMessage({ type: TAKE_PACKAGES, ports: packages }, packages);
  });
}
