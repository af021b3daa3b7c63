import sys
from time import sleep
import requests

def handler(pd: "pipedream"):
  job = requests.post("https://api.example.com/jobs", json={"convert": "pdf"}).json()["taskId"]
  done = False
  while done is False:
    status = requests.get(f"https://api.example.com/jobs/{job}").json()
    if status["status"] == "COMPLETED":
      done = True
      return status
    elif status["status"] == "FAILED":
      print("Failure. Here is the last status:")
      pd.flow.exit("Failure in job")
      sys.exit()
    else:
      print(f"Current status, {status['status']}, percentage: {status['progress']}")
      sleep(0.01)
