import os

def handler(pd: "pipedream"):
    os.system("pip install --target /tmp/lib humanize")
    return os.popen("ls /tmp").read()
