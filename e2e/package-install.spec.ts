/** Installing packages: what is shown while it goes on, Stop, and what is said where it can't be done. */
import { expect, test } from "./package-world.ts";
import type { PackageIndexServer } from "./servers/package-index.ts";

test.use({ samePage: "package index" });

const importing = (module: string, first = "") =>
  `${first}import ${module}\n\ndef handler(pd: "pipedream"):\n    print("here", ${module}.version)\n`;
const beginning = (lines: string) => `${lines}\n\ndef handler(pd: "pipedream"):\n    pass\n`;

test("progress of each package, with bytes; Stop ends it while resolving and while downloading", async ({
  runnel,
  index,
}) => {
  index.add("large_of_test", "1.0", { padding: 2_000_000 });
  const { step } = await runnel.newStep(importing("large_of_test"));

  let release = index.hold(/simple\/large/);
  await step.test();
  await expect(step.root).toContainText("Resolving large-of-test…");
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  release();

  release = index.hold(/\.whl$/);
  await step.testAgain();
  await expect(step.root).toContainText(/Downloading large-of-test… \d\.\d of 2\.0 MB/);
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
  index.add("many_of_test", "1.0", { files, source });
  const { step } = await runnel.newStep(importing("many_of_test"));
  await step.test();
  await expect(step.root).toContainText("Installing many-of-test…");
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("here x");
});

/** What can't be installed. */
interface Refusal {
  readonly title: string;
  readonly code: string;
  /** What the index has to offer. */
  readonly offer?: (index: PackageIndexServer) => void;
  readonly says: readonly (string | RegExp)[];
  /** The line that carries the mark, where it has one. */
  readonly line?: string;
}

const refusals: readonly Refusal[] = [
  ...(
    [
      ["import reqeusts", "Did you mean requests"],
      ["# pipedream add-package pandsa", "Did you mean pandas"],
      ["# pipedream add-package sklearn", "add-package scikit-learn"],
      ["# pipedream add-package cv2", "add-package opencv-python"],
    ] as const
  ).map(([line, meant]) => ({
    title: `a package that does not exist: ${line}`,
    code: beginning(line),
    says: [/There is no package named \w+/, meant],
    line: "1",
  })),
  {
    title: "a package that has no wheel for the browser",
    code: importing("native_of_test"),
    offer(index) {
      index.list("native_of_test", "native_of_test-1.0-cp314-cp314-manylinux_2_28_x86_64.whl");
      index.list("native_of_test", "native_of_test-1.0.tar.gz");
    },
    says: [
      "native-of-test has no build for the browser: it holds native code",
      "pure Python that does the same",
    ],
  },
  {
    title: "a package that needs another Python",
    code: importing("newer_of_test", "\n"),
    offer(index) {
      index.add("newest_of_test", "1.0", {}, { "requires-python": ">=3.99" });
      index.add("newer_of_test", "1.0", { requires: ["newest-of-test"] });
    },
    says: [
      "newest-of-test needs another version of Python: >=3.99, and this is 3.14",
      "newer-of-test needs newest-of-test",
      "Ask for a release of newest-of-test that runs on 3.14",
    ],
    line: "2",
  },
  {
    title: "a script block that asks for another Python",
    code: beginning('# /// script\n# requires-python = "<3.12"\n# ///'),
    says: ["asks for Python <3.12, and this is 3.14", "requires-python"],
  },
  {
    title: "a download that breaks the index's promise",
    code: importing("broken_of_test"),
    offer(index) {
      const wheel = index.add("broken_of_test", "1.0");
      index.replace(wheel, { ...wheel, data: Buffer.concat([wheel.data, Buffer.from("more")]) }, false);
    },
    says: ["is not the file that was promised"],
  },
];

test("what can't be installed says why, and what to do", async ({ runnel, index }) => {
  const { step } = await runnel.newStep("");
  for (const { title, code, offer, says, line } of refusals) {
    await test.step(title, async () => {
      offer?.(index);
      await step.code.set(code);
      await step.testAgain();
      await step.expectStatus("Failed · PackageUnavailable");
      for (const text of says) await expect(step.error).toContainText(text);
      if (line) await expect(step.code.errorNumber).toHaveText(line);
    });
  }
});
