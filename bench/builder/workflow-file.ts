/** A workflow of `count` steps as an exported file. Each step's code is as long as a usual one. */
export function workflowFile(count: number): string {
  const body = Array.from({ length: 20 }, (_, line) => `    value_${line} = pd.steps.get("trigger")`).join(
    "\n",
  );
  return JSON.stringify({
    format: "runnel.workflow",
    version: 1,
    data: {
      id: "bench",
      name: `${count} steps`,
      trigger: { kind: "manual", eventText: "{}", collapsed: false },
      steps: Array.from({ length: count }, (_, index) => ({
        id: `step-${index}`,
        name: index === 0 ? "python" : `python_${index + 1}`,
        title: `Step number ${index + 1}`,
        code: `def handler(pd: "pipedream"):\n${body}\n    return ${index}\n`,
        apps: [],
        enabled: true,
        collapsed: false,
        note: "",
      })),
      settings: { timeLimitSeconds: 30 },
    },
  });
}
