"""HTTP by the standard library."""

import concurrent.futures
import http.client
import json
import urllib.request

from support import PORTS, url


def case_urllib_in_a_pool_of_threads():
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda number: urllib.request.urlopen(url(f"/small?n={number}"), timeout=5), range(8))
        assert [json.load(answer)["path"] for answer in answers] == [f"/small?n={number}" for number in range(8)]


def case_urllib():
    assert json.load(urllib.request.urlopen(url("/small?a=1"), timeout=5))["path"] == "/small?a=1"
    answer = urllib.request.urlopen(url("/redirect"))
    assert answer.url == url("/small")
    posted = urllib.request.Request(url("/up"), data=b"x" * 2_000_000)
    assert json.load(urllib.request.urlopen(posted))["bytes"] == 2_000_000
    assert urllib.request.urlopen(url("/chunks")).read() == b"line 0\nline 1\nline 2\n"
    assert urllib.request.urlopen(url("/empty")).status == 204


def case_urllib_https():
    for timeout in (None, 5):
        answer = urllib.request.urlopen(url("/small", "https", "https", "localhost"), timeout=timeout)
        assert json.load(answer)["host"] == f"localhost:{PORTS['https']}"
    assert urllib.request.urlopen(url("/small", "https", "https")).status == 200


def case_keep_alive():
    for kind, name in ((http.client.HTTPConnection, "http"), (http.client.HTTPSConnection, "https")):
        connection = kind("localhost", PORTS[name], timeout=5)
        for number in range(20):
            connection.request("POST", f"/{number}", body=b"x" * number)
            answer = json.load(connection.getresponse())
            assert (answer["path"], answer["bytes"]) == (f"/{number}", number)
        connection.request("HEAD", "/small")
        assert connection.getresponse().read() == b""
        connection.close()


def case_large_download():
    for name, scheme in (("http", "http"), ("https", "https")):
        data = urllib.request.urlopen(url("/big?n=6000000", name, scheme, "localhost"), timeout=20).read()
        assert data == b"x" * 6_000_000
