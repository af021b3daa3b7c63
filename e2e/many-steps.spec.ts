import { expect, test } from "./product.ts";
import { workflowFile } from "./workflow-file.ts";

test.use({ samePage: true });

const steps = Array.from({ length: 200 }, (_, index) => ({
  name: index === 0 ? "python" : `python_${index + 1}`,
  title: `Step number ${index + 1}`,
  code: `def handler(pd: "pipedream"):\n    return ${index}\n`,
}));

test("200 steps: Monaco stands only in cards near the view, and typing in one works at once", async ({
  runnel,
  page,
}) => {
  const workflows = await runnel.open();
  const builder = await workflows.import(workflowFile({ name: "Two hundred", steps }));
  await expect(builder.cards).toHaveCount(201);
  const editors = page.locator(".monaco-editor[role=code], .monaco-editor.standalone-editor, .monaco-editor");
  await expect(builder.step("python").code.root).toBeVisible();
  expect(await editors.count()).toBeLessThan(20);

  const last = builder.step("python_200");
  await last.root.scrollIntoViewIfNeeded();
  await expect(last.code.root).toBeVisible();
  await expect.poll(() => editors.count()).toBeLessThan(20);
  await expect(builder.step("python").code.root).toHaveCount(0);
  await last.code.set('def handler(pd: "pipedream"):\n    return len(pd.steps)\n');
  await last.test();
  await last.expectExport(/\$return_value\s*1/);
  await builder.expectSaved();
  await page.reload();
  await last.root.scrollIntoViewIfNeeded();
  await last.code.expectText(/len\(pd\.steps\)/);
});

test("all of 200 steps run in order with Test workflow", async ({ runnel }) => {
  const workflows = await runnel.open();
  const builder = await workflows.import(
    workflowFile({
      name: "Two hundred",
      steps: steps.map((step) => ({
        ...step,
        code: 'def handler(pd: "pipedream"):\n    return [*pd.steps][-1]\n',
      })),
    }),
  );
  await builder.testWorkflow();
  const last = builder.step("python_200");
  await last.root.scrollIntoViewIfNeeded();
  await last.expectStatus("Success", { timeout: 60_000 });
  await last.expectExport(/\$return_value\s*"python_199"/);
});
