import subprocess

def handler(pd: "pipedream"):
    result = subprocess.run(["ffmpeg", "-i", "/tmp/in.mp4", "/tmp/out.mp3"], capture_output=True, text=True)
    print(result.stdout)
    return result.returncode
