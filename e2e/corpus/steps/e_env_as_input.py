def handler(pd: "pipedream"):
    token = pd.inputs["env"]["GITHUB_PAT"]
    return len(token)
