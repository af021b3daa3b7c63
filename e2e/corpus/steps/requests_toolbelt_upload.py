import os
import requests
from requests_toolbelt.multipart.encoder import MultipartEncoder

def handler(pd: "pipedream"):
  with open("/tmp/file.pdf", "wb") as f:
    f.write(b"%PDF-1.7\n" + os.urandom(300_000))
  m = MultipartEncoder(fields={
    'file': ('filename.pdf', open('/tmp/file.pdf', 'rb'), 'application/pdf')
  })
  r = requests.post("https://echo.example.com/anything", data=m, headers={'Content-Type': m.content_type})
  uploaded = r.json()["files"]["file"]
  return [uploaded["filename"], uploaded["type"], uploaded["size"]]
