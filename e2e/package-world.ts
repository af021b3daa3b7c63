/** `test` with a package index of its own, and a gateway that knows no other. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { GatewayOptions } from "../src/gateway/index.ts";
import { PackagesDialog } from "./pages/packages-dialog.ts";
import { test as base, startProduct } from "./product.ts";
import { type PackageIndexServer, startPackageIndex } from "./servers/package-index.ts";

export { expect } from "./product.ts";

/** Where the gateway is told that the index is. */
const HOST = "index.test";

interface PackageFixtures {
  /** The dialog *Packages* of the page. */
  readonly packagesDialog: PackagesDialog;
}

interface PackageWorld {
  /** Tests share it, and what the gateway keeps of it: the packages of each have names of their own. */
  readonly index: PackageIndexServer;
  /** Where the gateway keeps what it downloads. */
  readonly cacheDir: string;
}

/** What a gateway knows of the index; `port` is where it finds it on this machine. */
export function indexed({ index, cacheDir }: PackageWorld, port = index.port): Partial<GatewayOptions> {
  return {
    indexUrl: `http://${HOST}:${index.port}/simple`,
    cacheDir,
    resolve: async (host) => (host === HOST ? `127.0.0.1:${port}` : null),
    // What the index says holds for no time: it changes while the tests run.
    limits: { indexFreshMs: 0 },
  };
}

export const test = base.extend<PackageFixtures, PackageWorld>({
  index: [
    async ({ browserName: _ }, use) => {
      const index = await startPackageIndex();
      await use(index);
      await index.close();
    },
    { scope: "worker" },
  ],
  cacheDir: [
    async ({ browserName: _ }, use) => {
      const cacheDir = await mkdtemp(path.join(os.tmpdir(), "runnel-packages-"));
      await use(cacheDir);
      await rm(cacheDir, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ index, cacheDir }, use) => {
      const gateway = await startProduct(indexed({ index, cacheDir }));
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
  packagesDialog: async ({ page }, use) => use(new PackagesDialog(page)),
});
