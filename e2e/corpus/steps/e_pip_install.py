import subprocess
import sys

subprocess.check_call([sys.executable, "-m", "pip", "install", "humanize"])
import humanize

def handler(pd: "pipedream"):
    return humanize.naturalsize(1_000_000)
