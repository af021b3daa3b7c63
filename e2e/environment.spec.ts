import { expect, test } from "./product.ts";

test.use({ samePage: true });

test("fact 15: a variable reaches every step and is masked in logs; a changed one is used by the next run", async ({
  runnel,
  page,
}) => {
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  await environment.add("API_KEY", "first-made-up-value");
  const { builder, step } = await runnel.newStep(
    'import os\n\ndef handler(pd: "pipedream"):\n    print("value", os.environ["API_KEY"], len(os.environ["API_KEY"]))\n',
  );
  await step.test();
  await step.expectLog("value env.API_KEY (hidden) 19");
  await builder.expectSaved();

  await runnel.goToEnvironment();
  await environment.change("API_KEY", "another-made-up-value");
  await page.goBack();
  await step.testAgain();
  await step.expectLog("value env.API_KEY (hidden) 21");
});

test("fact 16: names are checked as they are typed", async ({ runnel, page }) => {
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  await environment.openForm();
  for (const name of ["1ST", "WITH SPACE", "WITH-DASH"]) {
    await environment.field("Name").fill(name);
    await environment.field("Value").fill("x");
    await environment.saveButton.click();
    await expect(environment.field("Name"), name).toHaveAttribute("aria-invalid", "true");
  }
  await environment.field("Name").fill("_lower_and_1");
  await environment.field("Value").fill("x".repeat(65_537));
  await environment.saveButton.click();
  await expect(page.getByText(/64 KB/)).toBeVisible();
});

test("fact 16: names are case-sensitive, secret by default, and stay after a reload without their values", async ({
  runnel,
  page,
}) => {
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  await environment.add("token", "made-up-lower");
  await environment.add("TOKEN", "made-up-upper");
  await page.reload();
  await expect(environment.row("token")).toBeVisible();
  await expect(environment.row("TOKEN")).toBeVisible();
  expect(await page.content()).not.toMatch(/made-up-(lower|upper)/);
  const { step } = await runnel.newStep(
    'import os\n\ndef handler(pd: "pipedream"):\n    print(os.environ["token"][-5:] == "lower", os.environ["TOKEN"][-5:] == "upper")\n',
  );
  await step.test();
  await step.expectLog("True True");
});

test("a deleted variable is gone for steps, and can be brought back at once", async ({ runnel, page }) => {
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  await environment.add("SHORT_LIVED", "made-up");
  await environment.delete("SHORT_LIVED");
  await expect(environment.row("SHORT_LIVED")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(environment.row("SHORT_LIVED")).toBeVisible();
});
