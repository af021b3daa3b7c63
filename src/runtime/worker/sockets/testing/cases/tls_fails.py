"""Handshakes that fail, and what follows on TLS connections."""

import ssl
import urllib.request

from support import PORTS, connect, tls


def case_expired():
    tls("expired")


def case_expired_urllib():
    urllib.request.urlopen(f"https://localhost:{PORTS['expired']}/", timeout=5)


def case_self_signed():
    tls("selfSigned")


def case_wrong_host():
    tls("wrongHost")


def case_wrong_address():
    tls("wrongHost", host="127.0.0.1")


def case_unknown_authority():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls("https", context=context)


def case_handshake_timeout():
    tls("silent", timeout=0.3)


def case_handshake_timeout_urllib():
    urllib.request.urlopen(f"https://localhost:{PORTS['silent']}/", timeout=0.3)


def case_handshake_reset():
    tls("reset")


def case_handshake_closed():
    tls("closes")


def case_tls_to_plain():
    tls("http")


def case_client_certificate_missing():
    sock = tls("mutual")
    sock.sendall(b"GET / HTTP/1.0\r\n\r\n")
    sock.recv(1)


def case_reset_tls_after_handshake():
    sock = tls("tlsReset")
    sock.sendall(b"x")
    sock.recv(1)


def case_broken_pipe_tls():
    sock = tls("tlsReset")
    sock.sendall(b"x")
    try:
        sock.recv(1)
    except ConnectionResetError:
        pass
    sock.sendall(b"y")


def case_non_blocking_tls_read():
    sock = tls("tlsEcho")
    sock.setblocking(False)
    while True:
        sock.recv(1)


def case_unencrypted_key_missing():
    context = ssl.create_default_context()
    context.load_cert_chain("/nonexistent.pem")


def case_no_certificate_in_ca_file():
    with open("/tmp/runnel-empty.pem", "w") as file:
        file.write("nothing")
    ssl.create_default_context(cafile="/tmp/runnel-empty.pem")


def case_check_hostname_with_cert_none():
    ssl.create_default_context().verify_mode = ssl.CERT_NONE


def case_no_server_hostname():
    ssl.create_default_context().wrap_socket(connect("https"))


def case_missing_ca_file():
    ssl.create_default_context(cafile="/nonexistent.pem")


def case_bad_ca_data():
    ssl.create_default_context(cadata="no certificate")


def case_tls_write_after_close():
    sock = tls("https")
    sock.close()
    sock.send(b"x")
