import unittest

from runnel.net import proxies, targets


class Proxies(unittest.TestCase):
    def setUp(self):
        targets.remember(7, "proxy.test", 3128)

    def test_tunnels_and_whole_addresses_are_refused(self):
        for data in (
            b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
            b"GET http://example.com/a?b=c HTTP/1.1\r\n\r\n",
            memoryview(b"POST https://example.com/ HTTP/1.0\r\n\r\n"),
        ):
            with self.subTest(bytes(data)), self.assertRaisesRegex(PermissionError, r"proxy \(proxy.test:3128\)"):
                proxies.refuse(data, 7)

    def test_an_answer_is_not_waited_for_until_the_number_is_another_connection(self):
        with self.assertRaises(PermissionError):
            proxies.refuse(b"CONNECT a:1 HTTP/1.1\r\n", 7)
        with self.assertRaises(PermissionError):
            proxies.refuse_reading(7)
        proxies.refuse_reading(8)
        targets.remember(7, "other.test", 80)
        proxies.refuse_reading(7)

    def test_everything_else_passes(self):
        for data in (
            b"GET /http://example.com/ HTTP/1.1\r\n\r\n",
            b"CONNECT to the world",
            b"see http://example.com HTTP/1.1",
            b"",
            bytearray(b"GET http://example.com"),
        ):
            with self.subTest(bytes(data)):
                proxies.refuse(data, 7)


if __name__ == "__main__":
    unittest.main()
