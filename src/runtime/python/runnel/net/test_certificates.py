import unittest

from runnel.net.certificates import alternative_names, der_certificate, peer_certificate


class PeerCertificate(unittest.TestCase):
    def test_has_the_shape_of_cpython(self):
        told = {
            "der": "AAEC",
            "subject": {"C": "CH", "O": "Example", "OU": ["One", "Two"], "CN": "example.com"},
            "issuer": {"CN": "Authority", "2.5.4.97": "x"},
            "subjectAltName": "DNS:example.com, DNS:*.example.com, IP Address:10.0.0.1",
            "notBefore": "Jan  1 00:00:00 2026 GMT",
            "notAfter": "Jan  1 00:00:00 2027 GMT",
            "serialNumber": "0A",
        }
        self.assertEqual(
            peer_certificate(told),
            {
                "subject": (
                    (("countryName", "CH"),),
                    (("organizationName", "Example"),),
                    (("organizationalUnitName", "One"),),
                    (("organizationalUnitName", "Two"),),
                    (("commonName", "example.com"),),
                ),
                "issuer": ((("commonName", "Authority"),), (("2.5.4.97", "x"),)),
                "version": 3,
                "serialNumber": "0A",
                "notBefore": "Jan  1 00:00:00 2026 GMT",
                "notAfter": "Jan  1 00:00:00 2027 GMT",
                "subjectAltName": (("DNS", "example.com"), ("DNS", "*.example.com"), ("IP Address", "10.0.0.1")),
            },
        )
        self.assertEqual(der_certificate(told), b"\0\1\2")

    def test_a_peer_without_one(self):
        self.assertIsNone(peer_certificate({}))
        self.assertIsNone(der_certificate({}))

    def test_a_name_with_a_comma_is_one_name(self):
        text = 'DNS:"a, DNS:evil.example", URI:http://x/y, email:a@b.example'
        self.assertEqual(
            alternative_names(text),
            (("DNS", "a, DNS:evil.example"), ("URI", "http://x/y"), ("email", "a@b.example")),
        )

    def test_none(self):
        self.assertEqual(alternative_names(""), ())


if __name__ == "__main__":
    unittest.main()
