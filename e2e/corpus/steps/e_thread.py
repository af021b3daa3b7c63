import threading
import queue

results = queue.Queue()

def worker(n):
    results.put(n * n)

def handler(pd: "pipedream"):
    threads = [threading.Thread(target=worker, args=(n,)) for n in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sorted(results.queue)
