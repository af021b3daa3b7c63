import { FIREFOX_TAG } from "./browser/modes.ts";
import { expect, packages, test, tokens } from "./product.ts";

test.describe("the main job", { tag: [packages.tag, FIREFOX_TAG] }, () => {
  test("from the + to Slack's answer in a second step, and all of it there after a reload", async ({
    runnel,
    slack,
    page,
  }) => {
    const builder = await runnel.newWorkflow();

    // Press +, type `sla`, choose Slack, choose "Run Python with any Slack API".
    const picker = await builder.openPicker("trigger");
    await picker.search.pressSequentially("sla");
    await expect(picker.options.first()).toHaveAccessibleName("Slack");
    await picker.option("Slack").click();
    const templates = picker.options;
    await expect(templates.first()).toHaveAccessibleName("Run Python with any Slack API");
    await templates.first().click();

    // A step appears with runnable code and Slack attached.
    const slackStep = builder.step("python_slack");
    await expect(slackStep.root).toBeVisible();
    await slackStep.expectStatus("Not tested");
    await slackStep.code.expectText(/from slack_sdk import WebClient[\s\S]+def handler\(pd: "pipedream"\)/);

    // Connect Slack, paste a token.
    const connect = await slackStep.connect("Slack");
    await connect.submit("Acme workspace", { oauth_access_token: tokens.acme });
    await slackStep.expectAccount("Slack", "Acme workspace");

    // The same code, sent to Slack's stand-in on this machine.
    await slackStep.code.set(`from slack_sdk import WebClient

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    client = WebClient(token=token, base_url="${slack.baseUrl}")
    print("sending as", token)
    response = client.chat_postMessage(channel="#general", text="Hello from Pipedream!")
    print("sent", response["ts"])
    pd.export("response", response.data)
    return response["channel"]
`);
    await slackStep.test();
    await builder.answerNetwork("Allow");
    await builder.answerSecret("Always send there");
    await slackStep.expectStatus("Success", { timeout: 60_000 });
    expect(slack.calls).toEqual([
      expect.objectContaining({
        method: "chat.postMessage",
        token: tokens.acme,
        fields: expect.objectContaining({ channel: "#general", text: "Hello from Pipedream!" }),
      }),
    ]);

    // Logs below the step, the token by its name only; exports as a tree; the request in the network's list.
    await slackStep.expectLog("sending as slack.$auth.oauth_access_token");
    await slackStep.expectLog("sent 1700000000.000001");
    await expect(slackStep.root).not.toContainText(tokens.acme);
    await slackStep.expectExport(/\$return_value\s*"C0123"/);
    const tree = await slackStep.show("Exports");
    await tree.getByRole("treeitem", { name: /^response/ }).click();
    await tree.getByRole("treeitem", { name: /^message/ }).click();
    await expect(tree.getByRole("treeitem", { name: /^text/ })).toContainText("Hello from Pipedream!");
    await expect(await slackStep.show("Network")).toContainText(/POST.*\/api\/chat\.postMessage.*200/s);

    // A second step that reads the first one's exports.
    const second = await builder.addCode(
      "python_slack",
      "python",
      `def handler(pd: "pipedream"):
    answer = pd.steps["python_slack"]["response"]
    print("Slack said", answer["message"]["text"], "in", pd.steps["python_slack"]["$return_value"])
    return {"ts": answer["ts"]}
`,
    );
    const firstRan = await slackStep.watchRunning();
    await builder.testWorkflow();
    await firstRan();
    await second.expectStatus("Success");
    await slackStep.expectStatus("Success");
    expect(slack.calls).toHaveLength(2);
    await second.expectLog("Slack said Hello from Pipedream! in C0123");
    await second.expectExport(/ts\s*"1700000000.000002"/);

    // Reload: everything is still there.
    await builder.expectSaved();
    await page.reload();
    await slackStep.expectStatus("Success");
    await second.expectStatus("Success");
    await slackStep.code.expectText(/base_url="http:\/\/127\.0\.0\.1/);
    await slackStep.expectAccount("Slack", "Acme workspace");
    await slackStep.expectLog("sent 1700000000.000002");
    await second.expectExport(/ts\s*"1700000000.000002"/);
    await second.testAgain();
    await second.expectStatus("Success");
    await second.expectLog("Slack said Hello from Pipedream! in C0123");
  });
});
