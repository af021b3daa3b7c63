import { expect, packages, test } from "./product.ts";

test.describe("packages", packages, () => {
  test("an import is enough; the second run installs nothing", async ({ runnel, page }) => {
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

  test("# pipedream add-package names the package that an import comes from", async ({ runnel }) => {
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

  test("a package that can't work in a browser: the message says which and why", async ({ runnel }) => {
    const { step } = await runnel.newStep(
      'import torch\n\ndef handler(pd: "pipedream"):\n    return torch.__version__\n',
    );
    await step.test();
    await step.expectStatus("Failed", { timeout: 60_000 });
    await expect(step.error).toContainText("torch");
    await expect(step.error).toContainText(/browser|WebAssembly/i);
  });
});
