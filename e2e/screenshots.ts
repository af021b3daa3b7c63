/** Makes the README's screenshots: `npm run screenshots`. What they show is the same each time. */
import path from "node:path";
import type { Page } from "@playwright/test";
import type { Builder } from "./pages/builder.ts";
import { expect, tokens } from "./product.ts";
import { test } from "./slack-com.ts";

const folder = path.join(import.meta.dirname, "screenshots");

/** Times and durations differ from run to run: the pictures show fixed ones. */
async function fixTimes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      node.nodeValue = (node.nodeValue ?? "")
        .replace(/\b\d{2}:\d{2}:\d{2}(\.\d+)?\b/g, "12:04:31")
        .replace(/\b\d+(\.\d+)? ?(ms|s)\b(?=[^:]*$)/g, (text) => (/^\d+ s$/.test(text) ? text : "236 ms"));
    }
  });
}

async function picture(page: Page, name: string): Promise<void> {
  await fixTimes(page);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}

async function buildExample(builder: Builder): Promise<void> {
  await builder.rename("Release notes to Slack");
  await builder.trigger.root.getByRole("button", { name: "Collapse" }).click();
  const release = await builder.addCode(
    "trigger",
    "python",
    `def handler(pd: "pipedream"):
    return {"tag_name": "v1.4.0", "name": "Tidier logs", "draft": False}`,
  );
  await release.rename("latest_release");
  const step = await builder.addApp("latest_release", "Slack", "python_slack");
  await (await step.connect("Slack")).submit("Acme workspace", { oauth_access_token: tokens.acme });
  await step.code.set(`from slack_sdk import WebClient

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    client = WebClient(token=token)
    release = pd.steps["latest_release"]["$return_value"]
    print("posting as", token)
    response = client.chat_postMessage(channel="#general", text=f"{release['name']} is out")
    print(response["message"]["text"])
    return response.data`);
}

test("pictures for the README", async ({ runnel, page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1280, height: 1060 });
  const builder = await runnel.newWorkflow();
  await buildExample(builder);
  const step = builder.step("python_slack");
  // The second time nothing is installed any more: versions of packages would change the picture.
  await builder.testWorkflow();
  await step.expectStatus("Success", { timeout: 60_000 });
  const ranAgain = await step.watchRunning();
  await builder.testWorkflow();
  await ranAgain();
  await step.expectStatus("Success");
  await step.expectLog("Tidier logs is out");
  await runnel.expectPython();
  await builder.expectSaved();
  await builder.step("latest_release").show("Exports");
  await page.getByRole("main").evaluate((main) => main.scrollTo({ top: 0 }));
  await picture(page, "builder-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await picture(page, "builder-dark");

  await page.emulateMedia({ colorScheme: "light" });
  const picker = await builder.openPicker("python_slack");
  await picker.search.fill("sla");
  await expect(picker.options.first()).toHaveAccessibleName("Slack");
  await picture(page, "picker");
  await page.keyboard.press("Escape");

  await page.setViewportSize({ width: 390, height: 844 });
  await step.root.evaluate((card) => card.scrollIntoView());
  await picture(page, "builder-narrow");
});
