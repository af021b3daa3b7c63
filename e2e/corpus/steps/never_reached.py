def handler(pd: "pipedream"):
    raise RuntimeError("the workflow had ended")
