import io
import os
import shutil
import zipfile
from pathlib import Path

def handler(pd: "pipedream"):
    folder = Path("/tmp/reports")
    folder.mkdir(parents=True, exist_ok=True)
    for month in ("jan", "feb"):
        (folder / f"{month}.csv").write_text(f"month\n{month}\n" * 500)
    with zipfile.ZipFile("/tmp/reports.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for root, _, names in os.walk(folder):
            for name in sorted(names):
                archive.write(os.path.join(root, name), arcname=name)
    shutil.rmtree(folder)
    data = io.BytesIO(Path("/tmp/reports.zip").read_bytes())
    with zipfile.ZipFile(data) as archive:
        listed = {info.filename: info.file_size for info in archive.infolist()}
        first = archive.read("feb.csv").decode().splitlines()[1]
    return {"listed": listed, "first": first, "smaller": data.getbuffer().nbytes < 1500, "left": sorted(os.listdir("/tmp"))[-1]}
