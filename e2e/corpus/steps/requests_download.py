import os
import requests

def handler(pd: "pipedream"):
  # The file is streamed to the disk, piece by piece
  path = "/tmp/export.bin"
  with requests.get("https://echo.example.com/download?size=1500000", stream=True) as response:
      response.raise_for_status()
      with open(path, "wb") as file:
          for chunk in response.iter_content(chunk_size=8192):
              file.write(chunk)
  size = os.path.getsize(path)
  os.remove(path)
  return {"size": size, "left": os.path.exists(path)}
