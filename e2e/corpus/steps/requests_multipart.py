import requests

def handler(pd: "pipedream"):
    with open("/tmp/logo.png", "wb") as f:
        f.write(bytes(range(256)) * 20)

    files = {
        "image": open("/tmp/logo.png", "rb"),
        "notes": ("notes.txt", "first line\nsecond line", "text/plain"),
    }
    r = requests.post(url="https://echo.example.com/anything", files=files, data={"album": "logos"})
    answer = r.json()
    return {"form": answer["form"], "files": answer["files"]}
