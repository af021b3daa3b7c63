"""A server that never accepts and whose queue is full: connecting to it hangs. Prints its port."""

import socket
import sys

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(0)
waiting = []
while True:
    client = socket.socket()
    client.settimeout(0.3)
    waiting.append(client)
    try:
        client.connect(server.getsockname())
    except TimeoutError:
        break
print(server.getsockname()[1], flush=True)
sys.stdin.read()
