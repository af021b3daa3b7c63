import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PackagesDialog } from "./pages/packages-dialog.ts";
import { Runnel } from "./pages/runnel.ts";
import { expect, packages, startProduct, test } from "./product.ts";

test.describe("packages", packages, () => {
  test.use({ samePage: true });

  test("fact 17: an import is enough; the second run installs nothing", async ({ runnel, page }) => {
    const { step } = await runnel.newStep(`from bs4 import BeautifulSoup
from dateutil import parser

def handler(pd: "pipedream"):
    print(BeautifulSoup("<p>Hello <b>there</b></p>", "html.parser").b.text, parser.isoparse("2024-01-02").year)
`);
    await step.test();
    await step.expectStatus("Success", { timeout: 60_000 });
    await step.expectLog("there 2024");
    for (const name of ["beautifulsoup4", "python-dateutil"]) {
      await expect(step.root).toContainText(new RegExp(`installed .*${name} \\d`));
    }

    const requests: string[] = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    await step.testAgain();
    await step.expectStatus("Success");
    await expect(step.root).not.toContainText(/installed /);
    expect(requests.filter((path) => path.startsWith("/api/packages/"))).toEqual([]);
  });

  test("fact 18: # pipedream add-package names the package that an import comes from", async ({ runnel }) => {
    const { step } = await runnel.newStep(`# pipedream add-package python-slugify==8.0.4
import slugify

def handler(pd: "pipedream"):
    print(slugify.slugify("Hello from Runnel"), slugify.__version__)
`);
    await step.test();
    await step.expectStatus("Success", { timeout: 60_000 });
    await step.expectLog("hello-from-runnel 8.0.4");
  });

  test("a package that does not exist: the message names it and says what to do", async ({ runnel }) => {
    const { step } = await runnel.newStep(
      'import no_such_package_of_anybody_4711\n\ndef handler(pd: "pipedream"):\n    return 1\n',
    );
    await step.test();
    await step.expectStatus("Failed", { timeout: 60_000 });
    await expect(step.error).toContainText(/no[-_]such[-_]package[-_]of[-_]anybody[-_]4711/);
    await expect(step.code.errorNumber).toHaveText("1");
  });

  test("fact 19: a package that can't work in a browser: the message says which and why", async ({
    runnel,
  }) => {
    const { step } = await runnel.newStep(
      'import torch\n\ndef handler(pd: "pipedream"):\n    return torch.__version__\n',
    );
    await step.test();
    await step.expectStatus("Failed", { timeout: 60_000 });
    await expect(step.error).toContainText("torch");
    await expect(step.error).toContainText(/browser|WebAssembly/i);
  });
});

test(
  "compiled wheels of the index stand in where Pyodide's own server can't be reached",
  packages,
  async ({ page }) => {
    // A runtime whose distribution lies where nothing answers; the index is the real one.
    const runtimeDir = await mkdtemp(path.join(os.tmpdir(), "runnel-runtime-"));
    const built = path.resolve(import.meta.dirname, "../dist/runtime");
    await cp(built, runtimeDir, { recursive: true });
    const manifestFile = path.join(runtimeDir, "manifest.json");
    const manifest = JSON.parse(await readFile(manifestFile, "utf8"));
    await writeFile(manifestFile, JSON.stringify({ ...manifest, distributionUrl: "http://127.0.0.1:1/" }));
    const cacheDir = path.resolve(import.meta.dirname, "../.cache/e2e-packages-index-only");
    const gateway = await startProduct({ runtimeDir, cacheDir });
    const { step } = await new Runnel(page, gateway.url).newStep(`import openai

def handler(pd: "pipedream"):
    import jiter, pydantic_core
    client = openai.OpenAI(api_key="made-up", base_url="http://127.0.0.1:1")
    print(openai.__name__, jiter.from_json(b'{"a": [1]}'), pydantic_core.from_json("[2]"), client.base_url)
`);
    await step.test();
    await step.expectStatus("Success");
    await step.expectLog("openai {'a': [1]} [2]");
    const dialog = new PackagesDialog(page);
    await dialog.open();
    await expect(dialog.root.getByRole("row", { name: /^jiter/ })).toContainText("needed by openai");
    await gateway.close();
    await rm(runtimeDir, { recursive: true });
  },
);
