import time


def handler(pd: "pipedream"):
    count = len(pd.steps["leaves"]["$return_value"]["items"])
    print("arrived", time.time(), count)
