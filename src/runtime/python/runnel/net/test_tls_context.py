import os
import ssl
import tempfile
import types
import unittest
from unittest import mock

from runnel.net import tls_context
from runnel.net.tls_context import handshake_options, split_der

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"


class Context:
    """As Pyodide's SSLContext: a Python object that keeps what it is told."""

    def __init__(self, verify_mode=ssl.CERT_REQUIRED, check_hostname=True):
        self.verify_mode = verify_mode
        self.check_hostname = check_hostname
        self.minimum_version = ssl.TLSVersion.TLSv1_2
        self.maximum_version = ssl.TLSVersion.TLSv1_3
        self.options = ssl.OP_NO_SSLv3

    load_verify_locations = tls_context._load_verify_locations
    load_default_certs = tls_context._load_default_certs
    load_cert_chain = tls_context._load_cert_chain
    set_alpn_protocols = tls_context._set_alpn_protocols
    set_ciphers = tls_context._set_ciphers
    wrap_bio = tls_context._wrap_bio


class Options(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        usual = mock.patch.dict(os.environ)
        usual.start()
        self.addCleanup(usual.stop)
        os.environ.pop("SSL_CERT_FILE", None)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def test_the_usual_context(self):
        context = Context()
        context.load_default_certs()
        self.assertEqual(
            handshake_options(context, "a.example"),
            {"servername": "a.example", "verify": True, "checkHostname": True},
        )

    def test_a_context_that_trusts_nothing_says_so(self):
        options = handshake_options(Context(), "a.example")
        self.assertEqual((options["ca"], options["caOnly"]), ("", True))

    def test_without_verification_no_authorities_are_sent(self):
        context = Context(ssl.CERT_NONE, False)
        context.load_verify_locations(cadata=CERTIFICATE)
        self.assertEqual(
            handshake_options(context, None), {"servername": "", "verify": False, "checkHostname": False}
        )

    def test_own_authorities_alone_or_besides_the_usual_ones(self):
        context = Context()
        context.load_verify_locations(self.write("ca.pem", CERTIFICATE))
        self.assertEqual(handshake_options(context, "a")["caOnly"], True)
        self.assertIn(CERTIFICATE, handshake_options(context, "a")["ca"])
        context.load_default_certs()
        self.assertEqual(handshake_options(context, "a")["caOnly"], False)

    def test_a_folder_of_authorities(self):
        self.write("one.pem", CERTIFICATE)
        self.write("notes.txt", "not a certificate")
        context = Context()
        context.load_verify_locations(capath=self.folder)
        self.assertEqual(handshake_options(context, "a")["ca"].count("BEGIN"), 1)

    def test_the_bundle_of_certifi_is_the_usual_one(self):
        path = self.write("cacert.pem", CERTIFICATE)
        with mock.patch.dict("sys.modules", certifi=types.SimpleNamespace(where=lambda: path)):
            context = Context()
            context.load_verify_locations(path)
        self.assertNotIn("ca", handshake_options(context, "a"))

    def test_a_file_stands_for_the_usual_ones(self):
        path = os.path.join(self.folder, "etc", "cert.pem")
        tls_context.provide_usual_file(path)
        with mock.patch.object(tls_context, "USUAL_FILE", path):
            context = Context()
            context.load_verify_locations(path)
        self.assertNotIn("ca", handshake_options(context, "a"))

    def test_the_environment_can_choose_the_authorities(self):
        with mock.patch.dict(os.environ, SSL_CERT_FILE=self.write("ca.pem", CERTIFICATE)):
            context = Context()
            context.load_default_certs()
        self.assertEqual(handshake_options(context, "a")["caOnly"], True)

    def test_a_certificate_of_our_own(self):
        context = Context()
        context.load_cert_chain(self.write("both.pem", CERTIFICATE + KEY))
        options = handshake_options(context, "a")
        self.assertEqual((options["cert"], options["key"]), (CERTIFICATE + KEY, CERTIFICATE + KEY))
        context.load_cert_chain(self.write("cert.pem", CERTIFICATE), self.write("key.pem", KEY))
        options = handshake_options(context, "a")
        self.assertEqual((options["cert"], options["key"]), (CERTIFICATE, KEY))

    def test_files_that_do_not_hold_what_they_should(self):
        cases = [
            ("no certificate", KEY, None),
            ("no private key", CERTIFICATE, None),
            ("give its password", CERTIFICATE, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nPRIVATE KEY-----"),
        ]
        for words, chain, key in cases:
            with self.subTest(words), self.assertRaisesRegex(ssl.SSLError, words):
                Context().load_cert_chain(self.write("c.pem", chain), key and self.write("k.pem", key))
        with self.assertRaisesRegex(ssl.SSLError, "no certificate or crl found"):
            Context().load_verify_locations(self.write("empty.pem", "nothing"))
        with self.assertRaises(FileNotFoundError):
            Context().load_verify_locations("/nonexistent.pem")
        with self.assertRaises(TypeError):
            Context().load_verify_locations()

    def test_an_encrypted_key_and_what_opens_it(self):
        context = Context()
        chain = self.write("c.pem", CERTIFICATE)
        key = self.write("k.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nPRIVATE KEY-----")
        for password in ("open", b"open", lambda: "open"):
            context.load_cert_chain(chain, key, password)
            self.assertEqual(handshake_options(context, "a")["passphrase"], "open")
        context.load_cert_chain(chain, self.write("plain.pem", KEY))
        self.assertNotIn("passphrase", handshake_options(context, "a"))

    def test_versions(self):
        versions = ssl.TLSVersion
        cases = [
            (versions.TLSv1_2, versions.MAXIMUM_SUPPORTED, 0, None),
            (versions.TLSv1_3, versions.MAXIMUM_SUPPORTED, 0, ("TLSv1.3", "TLSv1.3")),
            (versions.TLSv1_2, versions.TLSv1_2, 0, ("TLSv1.2", "TLSv1.2")),
            (versions.MINIMUM_SUPPORTED, versions.TLSv1_3, 0, ("TLSv1", "TLSv1.3")),
            (versions.TLSv1_2, versions.TLSv1_3, ssl.OP_NO_TLSv1_3, ("TLSv1.2", "TLSv1.2")),
        ]
        for lowest, highest, options, expected in cases:
            context = Context()
            context.minimum_version, context.maximum_version, context.options = lowest, highest, options
            told = handshake_options(context, "a")
            with self.subTest(lowest=lowest, highest=highest, options=options):
                self.assertEqual((told["minVersion"], told["maxVersion"]) if "minVersion" in told else None, expected)
        context.options = ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_3
        with self.assertRaisesRegex(ssl.SSLError, "no protocols available"):
            handshake_options(context, "a")

    def test_ciphers_and_old_servers(self):
        context = Context()
        context.set_ciphers("DEFAULT@SECLEVEL=1")
        context.options |= 0x4
        options = handshake_options(context, "a")
        self.assertEqual((options["ciphers"], options["legacyServer"]), ("DEFAULT@SECLEVEL=1", True))
        with self.assertRaises(ssl.SSLError):
            context.set_ciphers(" ")

    def test_tls_in_memory_says_what_to_use(self):
        with self.assertRaisesRegex(NotImplementedError, "wrap_socket"):
            Context().wrap_bio(None, None)

    def test_protocols(self):
        context = Context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        self.assertEqual(handshake_options(context, "a")["alpn"], ["h2", "http/1.1"])


class Der(unittest.TestCase):
    def test_certificates_one_after_the_other(self):
        short = bytes([0x30, 3, 1, 2, 3])
        long = bytes([0x30, 0x82, 1, 0]) + bytes(256)
        self.assertEqual(split_der(short + long + short), [short, long, short])

    def test_what_is_none(self):
        for data in (b"x", b"\x30", b"\x30\x05abc", b"\x30\x82\xff", b"\x30\x00"):
            with self.subTest(data), self.assertRaisesRegex(ssl.SSLError, "not contain a certificate"):
                split_der(data)


if __name__ == "__main__":
    unittest.main()
