/** A package index of the test's own, and a gateway that knows no other. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Gateway } from "../src/gateway/index.ts";
import { forgetTheApp } from "./browser/kept-context.ts";
import { PackagesDialog } from "./pages/packages-dialog.ts";
import { Runnel } from "./pages/runnel.ts";
import { test as base, startProduct } from "./product.ts";
import { type PackageIndexServer, startPackageIndex } from "./servers/package-index.ts";

export { expect } from "./product.ts";

interface PackageFixtures {
  /** Where the gateway keeps what it downloads. */
  readonly cacheDir: string;
  readonly index: PackageIndexServer;
  readonly indexed: Gateway;
  /** The dialog *Packages* of the page. */
  readonly packagesDialog: PackagesDialog;
}

/** `runnel` is a product whose packages come from `index`; nothing of them is kept from other tests. */
export const test = base.extend<PackageFixtures, { readonly place: { port: number } }>({
  // Always the same port, and with it the same origin: what the page keeps of the runtime is loaded once.
  place: [async ({ browserName: _ }, use) => use({ port: 0 }), { scope: "worker" }],
  index: async ({ browserName: _ }, use) => {
    const index = await startPackageIndex();
    await use(index);
    await index.close();
  },
  cacheDir: async ({ browserName: _ }, use) => {
    const cacheDir = await mkdtemp(path.join(os.tmpdir(), "runnel-packages-"));
    await use(cacheDir);
    await rm(cacheDir, { recursive: true, force: true });
  },
  indexed: async ({ index, cacheDir, place }, use) => {
    // What the index says holds for no time: it changes while the test runs.
    const gateway = await startProduct({
      port: place.port,
      indexUrl: index.url,
      cacheDir,
      limits: { indexFreshMs: 0 },
    });
    place.port = Number(new URL(gateway.url).port);
    await use(gateway);
    await gateway.close();
  },
  runnel: async ({ page, indexed }, use) => {
    await forgetTheApp(page, indexed.url);
    await use(new Runnel(page, indexed.url));
  },
  packagesDialog: async ({ page }, use) => use(new PackagesDialog(page)),
});
