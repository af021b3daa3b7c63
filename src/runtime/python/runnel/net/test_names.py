import json
import socket
import unittest
from unittest import mock

from runnel.net import host, names


class Relay:
    """The host object's part in look-ups."""

    def __init__(self, **known):
        self.known = known
        self.asked = []

    def resolve(self, name):
        self.asked.append(name)
        address = self.known.get(name.replace(".", "_"))
        return json.dumps({"address": address} if address else {"code": "ENOTFOUND", "message": "unknown"})

    def addressOf(self, name):
        return f"240.0.0.{len(name)}"


class Names(unittest.TestCase):
    def setUp(self):
        self.relay = Relay(api_example="203.0.113.7")
        host.attach(self.relay)
        self.addCleanup(host.attach, None)
        names.forget()
        waiting = mock.patch.object(host, "wait", lambda answer: answer)
        waiting.start()
        self.addCleanup(waiting.stop)

    def test_a_name_is_looked_up_once_in_a_while(self):
        self.assertEqual(names.resolve("api.example"), "203.0.113.7")
        self.assertEqual(names.resolve("api.example"), "203.0.113.7")
        self.assertEqual(self.relay.asked, ["api.example"])
        with mock.patch("time.monotonic", return_value=10**9):
            names.resolve("api.example")
        self.assertEqual(len(self.relay.asked), 2)

    def test_an_unknown_host_is_not_remembered(self):
        for _ in range(2):
            with self.assertRaises(socket.gaierror):
                names.resolve("nope.example")
        self.assertEqual(len(self.relay.asked), 2)

    def test_connecting_goes_by_a_stand_in_and_asking_for_the_address_does_not(self):
        infos = names.getaddrinfo("api.example", 443, type=socket.SOCK_STREAM)
        self.assertEqual([info[4] for info in infos], [("240.0.0.11", 443)])
        self.assertEqual(names.gethostbyname("api.example"), "203.0.113.7")
        self.assertEqual(names.gethostbyname_ex("api.example"), ("api.example", [], ["203.0.113.7"]))

    def test_addresses_are_not_looked_up(self):
        self.assertEqual(names.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)[0][4], ("127.0.0.1", 80))
        self.assertEqual(names.getaddrinfo("::1", 80, type=socket.SOCK_STREAM)[0][4], ("240.0.0.3", 80))
        self.assertEqual(names.gethostbyname("127.0.0.1"), "127.0.0.1")
        self.assertEqual(self.relay.asked, [])

    def test_only_ipv4_sockets_can_be_had(self):
        with self.assertRaises(socket.gaierror):
            names.getaddrinfo("api.example", 80, socket.AF_INET6)

    def test_a_name_where_only_an_address_may_be(self):
        with self.assertRaises(socket.gaierror):
            names.getaddrinfo("api.example", 80, flags=socket.AI_NUMERICHOST)

    def test_other_scripts(self):
        self.assertEqual(names.as_text("bücher.example"), "xn--bcher-kva.example")
        self.assertEqual(names.as_text(b"a.example"), "a.example")
        with self.assertRaises(UnicodeError):
            names.getaddrinfo("a" * 64 + ".example", 80)

    def test_no_host_is_this_one(self):
        self.assertTrue(names.getaddrinfo(None, 80))
        self.assertEqual(names.gethostbyname(""), "0.0.0.0")


if __name__ == "__main__":
    unittest.main()
