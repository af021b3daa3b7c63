import logging
import sys

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)
if not logger.handlers:
    console_handler = logging.StreamHandler(sys.stdout)
    console_handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger.addHandler(console_handler)

def handler(pd: "pipedream"):
    logger.debug("not shown")
    logger.info("Processing order %s", pd.steps["trigger"]["event"]["body"]["order"]["id"])
    try:
        {}["missing"]
    except KeyError:
        logger.exception("Could not read it")
    return {"status": "ok"}
