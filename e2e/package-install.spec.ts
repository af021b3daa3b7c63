/** Installing packages: what is shown while it goes on, Stop, and what is said where it can't be done. */
import { expect, test } from "./package-world.ts";

const importing = (module: string, first = "") =>
  `${first}import ${module}\n\ndef handler(pd: "pipedream"):\n    print("here", ${module}.version)\n`;

test("progress of each package, with bytes; Stop ends it while resolving and while downloading", async ({
  runnel,
  index,
}) => {
  index.add("alpha_of_test", "1.0", { padding: 2_000_000 });
  const { step } = await runnel.newStep(importing("alpha_of_test"));

  let release = index.hold(/simple\/alpha/);
  await step.test();
  await expect(step.root).toContainText("Resolving alpha-of-test…");
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  release();

  release = index.hold(/\.whl$/);
  await step.testAgain();
  await expect(step.root).toContainText(/Downloading alpha-of-test… \d\.\d of 2\.0 MB/);
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  release();

  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("here 1.0");
});

test("Stop ends it while installing, and the next run installs it whole", async ({ runnel, index }) => {
  const files = 20_000;
  // The file that is written last must be there.
  const source = `version = open(__file__.replace(".py", "_data/${files - 1}.txt")).read()`;
  index.add("alpha_of_test", "1.0", { files, source });
  const { step } = await runnel.newStep(importing("alpha_of_test"));
  await step.test();
  await expect(step.root).toContainText("Installing alpha-of-test…");
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("here x");
});

test("an index that can't be reached", async ({ runnel, index }) => {
  await index.close();
  const { step } = await runnel.newStep(importing("alpha_of_test"));
  await step.test();
  await step.expectStatus("Failed · PackageUnavailable");
  await expect(step.error).toContainText(/package index at 127\.0\.0\.1:\d+ can't be reached/);
  await expect(step.error).toContainText(/network connection/);
  await expect(step.error).toContainText("PIP_INDEX_URL");
  await expect(step.code.errorNumber).toHaveText("1");
});

for (const [line, meant] of [
  ["import reqeusts", "Did you mean requests"],
  ["# pipedream add-package pandsa", "Did you mean pandas"],
  ["# pipedream add-package sklearn", "add-package scikit-learn"],
  ["# pipedream add-package cv2", "add-package opencv-python"],
] as const) {
  test(`a package that does not exist: ${line}`, async ({ runnel }) => {
    const { step } = await runnel.newStep(`${line}\n\ndef handler(pd: "pipedream"):\n    pass\n`);
    await step.test();
    await step.expectStatus("Failed · PackageUnavailable");
    await expect(step.error).toContainText(/There is no package named \w+/);
    await expect(step.error).toContainText(meant);
    await expect(step.code.errorNumber).toHaveText("1");
  });
}

test("a package that has no wheel for the browser", async ({ runnel, index }) => {
  index.list("alpha_of_test", "alpha_of_test-1.0-cp314-cp314-manylinux_2_28_x86_64.whl");
  index.list("alpha_of_test", "alpha_of_test-1.0.tar.gz");
  const { step } = await runnel.newStep(importing("alpha_of_test"));
  await step.test();
  await step.expectStatus("Failed · PackageUnavailable");
  await expect(step.error).toContainText("alpha-of-test has no build for the browser: it holds native code");
  await expect(step.error).toContainText("pure Python that does the same");
});

test("a package that needs another Python", async ({ runnel, index }) => {
  index.add("alpha_of_test", "1.0", {}, { "requires-python": ">=3.99" });
  index.add("beta_of_test", "1.0", { requires: ["alpha-of-test"] });
  const { step } = await runnel.newStep(importing("beta_of_test", "\n"));
  await step.test();
  await step.expectStatus("Failed · PackageUnavailable");
  await expect(step.error).toContainText(
    /alpha-of-test needs another version of Python: >=3\.99, and this is 3\.14/,
  );
  await expect(step.error).toContainText("beta-of-test needs alpha-of-test");
  await expect(step.error).toContainText("Ask for a release of alpha-of-test that runs on 3.14");
  await expect(step.code.errorNumber).toHaveText("2");
});

test("a script block that asks for another Python", async ({ runnel }) => {
  const { step } = await runnel.newStep(
    `# /// script\n# requires-python = "<3.12"\n# ///\n\ndef handler(pd: "pipedream"):\n    pass\n`,
  );
  await step.test();
  await step.expectStatus("Failed · PackageUnavailable");
  await expect(step.error).toContainText(/asks for Python <3\.12, and this is 3\.14/);
  await expect(step.error).toContainText("requires-python");
});

test("a download that breaks the index's promise is refused", async ({ runnel, index }) => {
  const wheel = index.add("alpha_of_test", "1.0");
  index.replace(wheel, { ...wheel, data: Buffer.concat([wheel.data, Buffer.from("more")]) }, false);
  const { step } = await runnel.newStep(importing("alpha_of_test"));
  await step.test();
  await step.expectStatus("Failed · PackageUnavailable");
  await expect(step.error).toContainText("is not the file that was promised");
});
