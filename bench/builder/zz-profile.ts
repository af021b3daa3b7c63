import { writeFileSync } from "node:fs";
import { Runnel } from "../../e2e/pages/runnel.ts";
import { startProduct } from "../../e2e/product.ts";
import { withProfile } from "../start/profile.ts";
import { workflowFile } from "./workflow-file.ts";

const gateway = await startProduct();
await withProfile(async (context) => {
  let page = await context.newPage();
  await (await new Runnel(page, gateway.url).open()).choose(workflowFile(500));
  await page.getByText("Step number 1", { exact: true }).first().waitFor();
  const url = page.url();
  await page.waitForTimeout(3000);
  await page.close();
  page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Profiler.enable");
  await cdp.send("Profiler.setSamplingInterval", { interval: 300 });
  await cdp.send("Performance.enable");
  await cdp.send("Profiler.start");
  await page.goto(url);
  await page.getByText("Step number 1", { exact: true }).first().waitFor();
  console.log(await page.evaluate(() => performance.now()));
  const { profile } = await cdp.send("Profiler.stop");
  const after = await cdp.send("Performance.getMetrics");
  for (const m of after.metrics) if (/Duration|Count|Nodes|Layout/.test(m.name)) console.log(m.name, m.value);
  writeFileSync("/tmp/prof.json", JSON.stringify(profile));
});
await gateway.close();
