"""TLS on sockets."""

import select
import socket
import ssl
import urllib.request

from support import HERE, PEMS, PORTS, connect, exactly, tls, url


def case_tls_facts():
    with tls("tlsEcho") as sock:
        sock.sendall(b"hello")
        assert sock.recv(100) == b"hello"
        assert sock.version() == "TLSv1.3"
        name, version, bits = sock.cipher()
        assert name.startswith("TLS_") and version == "TLSv1.3" and bits in (128, 256)
        assert sock.selected_alpn_protocol() is None
        assert sock.server_hostname == "localhost"
        assert sock.pending() == 0
        certificate = sock.getpeercert()
        assert certificate["subject"] == ((("commonName", "localhost"),),)
        assert certificate["issuer"] == ((("commonName", "Runnel test authority"),),)
        assert certificate["subjectAltName"] == (
            ("DNS", "localhost"),
            ("IP Address", "127.0.0.1"),
            ("DNS", "example.test"),
        )
        assert certificate["version"] == 3
        ssl.cert_time_to_seconds(certificate["notAfter"])
        der = sock.getpeercert(binary_form=True)
        assert ssl.DER_cert_to_PEM_cert(der).split() == PEMS["good"].split()


def case_server_certificate():
    pem = ssl.get_server_certificate(("127.0.0.1", PORTS["selfSigned"]), timeout=5)
    assert pem.split() == PEMS["selfSigned"].split()


def case_tls_protocols():
    context = ssl.create_default_context()
    context.set_alpn_protocols(["other", "echo/1"])
    with tls("tlsEcho", context=context) as sock:
        assert sock.selected_alpn_protocol() == "echo/1"


def case_tls_versions_and_ciphers():
    context = ssl.create_default_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with tls("tlsEcho", context=context) as sock:
        assert sock.version() == "TLSv1.2"
    context = ssl.create_default_context()
    context.options |= ssl.OP_NO_TLSv1_3
    context.set_ciphers("ECDHE-ECDSA-AES256-GCM-SHA384")
    with tls("tlsEcho", context=context) as sock:
        assert sock.cipher()[:2] == ("ECDHE-ECDSA-AES256-GCM-SHA384", "TLSv1.2")
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with tls("tlsEcho", context=context) as sock:
        assert sock.version() == "TLSv1.3"


def case_tls_server_name():
    with tls("tlsEcho", host="example.test") as sock:
        assert sock.server_hostname == "example.test"
    with tls("tlsEcho", host="127.0.0.1"):
        pass


def case_tls_without_verification():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with tls("selfSigned", context=context) as sock:
        assert sock.getpeercert() == {}
        assert sock.getpeercert(True)
    context = ssl.create_default_context()
    context.check_hostname = False
    with tls("wrongHost", context=context):
        pass


def case_tls_own_authority():
    with open("/tmp/runnel-self.pem", "w") as file:
        file.write(PEMS["selfSigned"])
    der = ssl.PEM_cert_to_DER_cert(PEMS["selfSigned"])
    for arguments in ({"cafile": "/tmp/runnel-self.pem"}, {"cadata": PEMS["selfSigned"]}, {"cadata": der + der}):
        with tls("selfSigned", context=ssl.create_default_context(**arguments)):
            pass


def case_tls_both_ways():
    with open("/tmp/runnel-client.pem", "w") as file:
        file.write(PEMS["client"])
    with open("/tmp/runnel-client.key", "w") as file:
        file.write(PEMS["clientKey"])
    context = ssl.create_default_context()
    context.load_cert_chain("/tmp/runnel-client.pem", "/tmp/runnel-client.key")
    answer = urllib.request.urlopen(url("/small", "mutual", "https", "localhost"), context=context, timeout=5)
    assert answer.status == 200


def case_tls_non_blocking():
    raw = connect("tlsEcho")
    raw.setblocking(False)
    sock = ssl.create_default_context().wrap_socket(raw, server_hostname="localhost", do_handshake_on_connect=False)
    while True:
        try:
            sock.do_handshake()
            break
        except ssl.SSLWantReadError:
            select.select([sock], [], [], 5)
        except ssl.SSLWantWriteError:
            select.select([], [sock], [], 5)
    try:
        sock.recv(1)
        raise AssertionError("there was nothing to read")
    except ssl.SSLWantReadError:
        pass
    sock.send(b"x")
    data = b""
    while not data:
        select.select([sock], [], [], 5)
        try:
            data = sock.recv(10)
        except ssl.SSLWantReadError:
            pass  # A session ticket, not data.
    assert data == b"x"
    sock.close()


def case_tls_handshake_after_connect():
    sock = ssl.create_default_context().wrap_socket(socket.socket(), server_hostname="localhost")
    sock.settimeout(5)
    sock.connect((HERE, PORTS["tlsEcho"]))
    assert sock.version() == "TLSv1.3"
    sock.sendall(b"x" * 500_000)
    assert exactly(sock, 500_000) == b"x" * 500_000
    sock.close()


def case_tls_default_paths():
    paths = ssl.get_default_verify_paths()
    assert paths.cafile and paths.openssl_cafile
    with tls("tlsEcho", context=ssl.create_default_context(cafile=paths.cafile)):
        pass
