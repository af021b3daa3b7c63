import base64
import hashlib
import mimetypes
import os
import tempfile

def handler(pd: "pipedream"):
    attachment = pd.steps["trigger"]["event"]["body"]["attachment"]
    content = base64.b64decode(attachment["content"])
    path = os.path.join("/tmp", attachment["name"])
    with open(path, "wb") as f:
        f.write(content)
    with tempfile.NamedTemporaryFile(suffix=".txt", dir="/tmp") as copy, open(path, "rb") as f:
        copy.write(f.read())
        copy.flush()
        size = os.stat(copy.name).st_size
    data_uri = f"data:{mimetypes.guess_type(path)[0]};base64,{base64.urlsafe_b64encode(content).decode()}"
    return {"size": size, "md5": hashlib.md5(content).hexdigest(), "uri": data_uri}
