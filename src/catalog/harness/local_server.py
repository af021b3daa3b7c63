"""A local TCP server with one thread a connection, for the databases' protocols."""

import socketserver
import threading


class LocalServer:
    """Listens on a free port of 127.0.0.1 and notes every login in `logins`."""

    def __init__(self):
        self.logins = []
        self.auth = {}
        local = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                try:
                    local.serve(Stream(self.request))
                except ConnectionError:
                    pass

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def expect(self, auth):
        """Starts the notes of a new case, with the account whose password is right."""
        self.auth = auth
        self.logins = []

    def serve(self, stream):
        """Speaks the protocol on one connection."""
        raise NotImplementedError


class Stream:
    """Exact reads and writes on a socket."""

    def __init__(self, sock):
        self.sock = sock

    def read(self, size):
        data = b""
        while len(data) < size:
            part = self.sock.recv(size - len(data))
            if not part:
                raise ConnectionError("the client has closed the connection")
            data += part
        return data

    def write(self, data):
        self.sock.sendall(data)
