"""A local HTTP server that notes every request and answers with what the case says."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LocalHttp:
    """Listens on a free port of 127.0.0.1; `tls_hosts` maps a client's port to the host its TLS asked for."""

    def __init__(self, tls_hosts):
        self.requests = []
        self.answers = []
        self.slug = ""
        local = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Buffered: head and body in one packet, or the client's delayed acknowledgement slows every case down.
            wbufsize = -1

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                local.requests.append(
                    {
                        "method": self.command,
                        "host": self.headers.get("Host"),
                        "target": self.path,
                        "headers": [[name.lower(), value] for name, value in self.headers.items()],
                        "body": self.rfile.read(length).decode(),
                        "tlsHost": tls_hosts.get(self.client_address[1]),
                    }
                )
                content_type, body = local.next_answer(self.path)
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

            def log_message(self, *_args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def expect(self, slug, answers):
        """Starts the notes of a new case; `answers` are `{"path", "type", "body"}`, the first that fits wins."""
        self.slug = slug
        self.answers = answers
        self.requests = []

    def next_answer(self, target):
        path = target.split("?", 1)[0]
        for answer in self.answers:
            if answer["path"] == path:
                return answer["type"], answer["body"].encode()
        return "application/json", f'{{"ok": true, "answered": "{self.slug}"}}'.encode()
