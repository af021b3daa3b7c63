import logging

logger = logging.getLogger()
logger.setLevel(logging.INFO)

def safe_get(data, keys, default=None):
    """Walks down dicts and lists."""
    for key in keys:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return default
    return data

def handler(pd: "pipedream"):
    location = safe_get(pd.steps, ["trigger", "event", "body", "location"])
    if not location or "https://notes.example.com/" not in location:
        exit_message = "The event has no link to a note. Skipping."
        logger.warning(exit_message)
        pd.flow.exit(exit_message)
        return {}
    return {"page": location.rsplit("-", 1)[-1]}
