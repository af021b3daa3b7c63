import errno
import socket
import ssl
import unittest

from runnel.net.failures import Failure, connection_error, handshake_error


class ConnectionErrors(unittest.TestCase):
    def test_codes_of_node_become_the_classes_of_cpython(self):
        expected = {
            "ECONNREFUSED": ConnectionRefusedError,
            "ECONNRESET": ConnectionResetError,
            "EPIPE": BrokenPipeError,
            "ETIMEDOUT": TimeoutError,
            "EHOSTUNREACH": OSError,
            "EMFILE": OSError,
        }
        for code, kind in expected.items():
            with self.subTest(code):
                error = connection_error(Failure(code, "words of node"))
                self.assertIs(type(error), kind)
                self.assertEqual(error.errno, getattr(errno, code))

    def test_an_unknown_host_is_a_gaierror(self):
        for code, number in (("ENOTFOUND", socket.EAI_NONAME), ("EAI_AGAIN", socket.EAI_AGAIN)):
            error = connection_error(Failure(code, ""))
            self.assertIsInstance(error, socket.gaierror)
            self.assertEqual(error.errno, number)

    def test_policy_keeps_its_words(self):
        error = connection_error(Failure("EACCES", "10.0.0.1:80 was not allowed"))
        self.assertIs(type(error), PermissionError)
        self.assertEqual((error.errno, error.strerror), (errno.EACCES, "10.0.0.1:80 was not allowed"))

    def test_a_lost_gateway_is_a_connection_error_that_says_so(self):
        error = connection_error(Failure("GATEWAY_GONE", ""))
        self.assertIsInstance(error, ConnectionError)
        self.assertIn("npm start", str(error))

    def test_a_stopped_step_is_interrupted(self):
        self.assertIsInstance(connection_error(Failure("STOPPED", "")), KeyboardInterrupt)

    def test_a_code_nobody_knows_is_told_in_words(self):
        error = connection_error(Failure("EWHATEVER", "something new"))
        self.assertIs(type(error), OSError)
        self.assertIn("something new (EWHATEVER)", str(error))

    def test_an_alert_after_the_handshake_is_an_ssl_error(self):
        error = connection_error(Failure("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "…"))
        self.assertIs(type(error), ssl.SSLError)
        self.assertEqual(error.reason, "TLSV13_ALERT_CERTIFICATE_REQUIRED")


class HandshakeErrors(unittest.TestCase):
    def test_a_certificate_that_is_not_accepted(self):
        for code, number in (("CERT_HAS_EXPIRED", 10), ("DEPTH_ZERO_SELF_SIGNED_CERT", 18), ("CERT_REVOKED", 23)):
            with self.subTest(code):
                error = handshake_error(Failure(code, ""), "host")
                self.assertIsInstance(error, ssl.SSLError)
                self.assertIsInstance(error, ValueError)
                self.assertEqual((error.verify_code, error.errno, error.library), (number, 1, "SSL"))
                self.assertIn(error.verify_message, str(error))

    def test_names_and_addresses_that_do_not_match(self):
        failure = Failure("ERR_TLS_CERT_ALTNAME_INVALID", "")
        self.assertEqual(handshake_error(failure, "a.example").verify_code, 62)
        self.assertEqual(handshake_error(failure, "127.0.0.1").verify_code, 64)
        self.assertEqual(handshake_error(failure, "::1").verify_code, 64)
        self.assertIn("'a.example'", str(handshake_error(failure, "a.example")))

    def test_openssl_errors_by_code_and_by_words(self):
        by_code = handshake_error(Failure("ERR_SSL_WRONG_VERSION_NUMBER", "no details"), None)
        words = "write EPROTO 00:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:../s3.c:1:"
        by_words = handshake_error(Failure("EPROTO", words), None)
        self.assertEqual(by_code.reason, "WRONG_VERSION_NUMBER")
        self.assertEqual(str(by_code), "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c)")
        self.assertEqual(by_words.reason, "SSL/TLS_ALERT_HANDSHAKE_FAILURE")

    def test_an_end_and_a_reset_in_the_handshake_differ(self):
        ended = "Client network socket disconnected before secure TLS connection was established"
        self.assertIs(type(handshake_error(Failure("ECONNRESET", ended), None)), ssl.SSLEOFError)
        self.assertIs(type(handshake_error(Failure("ECONNRESET", "read ECONNRESET"), None)), ConnectionResetError)

    def test_a_handshake_that_takes_too_long_has_no_errno(self):
        error = handshake_error(Failure("ETIMEDOUT", ""), None)
        self.assertIs(type(error), TimeoutError)
        self.assertIsNone(error.errno)


if __name__ == "__main__":
    unittest.main()
