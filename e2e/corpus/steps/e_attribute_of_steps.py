def handler(pd: "pipedream"):
    if not pd.steps.create_task.get("success"):
        return {"skipped": True}
