/** Makes the README's screenshots: `npm run screenshots`. What they show is the same each time. */
import path from "node:path";
import type { Page } from "@playwright/test";
import type { Builder } from "./pages/builder.ts";
import { expect, test, tokens } from "./product.ts";
import { startSlack } from "./servers/slack.ts";

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

async function buildExample(builder: Builder, baseUrl: string): Promise<void> {
  await builder.rename("Release notes to Slack");
  const release = await builder.addCode(
    "trigger",
    "python",
    `def handler(pd: "pipedream"):
    return {"tag_name": "v1.4.0", "name": "Tidier logs", "draft": False}
`,
  );
  await release.rename("latest_release");
  const step = await builder.addApp("latest_release", "Slack", "python_slack");
  await (await step.connect("Slack")).submit("Acme workspace", { oauth_access_token: tokens.acme });
  await step.code.set(`import requests

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    release = pd.steps["latest_release"]["$return_value"]
    print("posting as", token)
    response = requests.post(
        "${baseUrl}chat.postMessage",
        headers={"Authorization": f"Bearer {token}"},
        json={"channel": "#general", "text": f"{release['name']} is out"},
        timeout=10,
    )
    print(response.json()["message"]["text"])
    return response.json()
`);
}

test("pictures for the README", async ({ runnel, page }) => {
  test.setTimeout(180_000);
  const slack = await startSlack({ [tokens.acme]: "Acme" });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 1280, height: 860 });
  const builder = await runnel.newWorkflow();
  await buildExample(builder, slack.baseUrl);
  const step = builder.step("python_slack");
  await builder.testWorkflow();
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success", { timeout: 60_000 });
  await step.expectLog("Tidier logs is out");
  await runnel.expectPython();
  await builder.expectSaved();
  await step.root.scrollIntoViewIfNeeded();
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
  await step.root.scrollIntoViewIfNeeded();
  await picture(page, "builder-narrow");
  await slack.close();
});
