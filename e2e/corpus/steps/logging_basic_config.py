import logging

logging.basicConfig(level=logging.INFO, format="%(asctime)s | %(levelname)s | %(message)s")

handler_of_the_log = logging.StreamHandler()
logger = logging.getLogger("shop.sync")
logger.propagate = False
logger.addHandler(handler_of_the_log)

def handler(pd: "pipedream"):
    logging.info("to the root logger")
    logger.warning("to one of its own")
