"""The programs in docs/examples: each is what a page shows, to the letter, and prints what stands under it."""

import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import unittest

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
PROGRAMS = pathlib.Path(os.environ["ROTA_EXAMPLES"])
PAGES = sorted((SOURCE / "docs").glob("*.md"))
FILES = sorted((SOURCE / "docs" / "examples").glob("*.cpp"))
PATIENCE = 60  # seconds, after which something hangs

sys.path.append(str(SOURCE / "tests" / "command"))
from pages import blocks  # noqa: E402


def printed_under(text):
    """The block of text that follows this program on its page."""
    for page in PAGES:
        _, shown, rest = page.read_text().partition(f"```cpp\n{text}```\n")
        if shown:
            return re.search(r"^```text\n(.*?)^```$", rest, re.MULTILINE | re.DOTALL)[1]
    raise AssertionError("no page shows it")


class EchoServer:
    """echo_server on a free port, until the with ends; then `told` is what it printed last."""

    def __init__(self, *policy):
        self.policy = policy

    def __enter__(self):
        self.process = subprocess.Popen([PROGRAMS / "example_echo_server", "127.0.0.1:0", *self.policy], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.first = self.process.stdout.readline()
        self.address = ("127.0.0.1", int(re.match(r"listening on 127\.0\.0\.1:(\d+) under ", self.first)[1]))
        return self

    def __exit__(self, *_):
        try:
            self.told = self.process.communicate(timeout=PATIENCE)[0]
        finally:
            self.process.kill()

    def connect(self):
        return socket.create_connection(self.address, timeout=PATIENCE)

    def echo(self, connection, message):
        sender = threading.Thread(target=connection.sendall, args=[message])
        sender.start()
        back = bytearray()
        while len(back) < len(message) and (part := connection.recv(1 << 16)):
            back += part
        sender.join()
        return bytes(back)


class Examples(unittest.TestCase):
    def test_each_is_shown_by_one_page_as_it_is_and_the_pages_show_no_other(self):
        shown = [block for page in PAGES for block in blocks(page, "cpp") if re.search(r"^int main\(", block, re.M)]
        self.assertGreaterEqual(len(FILES), 7)
        self.assertEqual(sorted(shown), sorted(file.read_text() for file in FILES))

    def test_each_prints_what_its_page_says(self):
        for file in FILES:
            if file.stem == "echo_server":  # asked below
                continue
            with self.subTest(program=file.stem):
                done = subprocess.run([PROGRAMS / f"example_{file.stem}"], capture_output=True, text=True,
                                      timeout=PATIENCE)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertEqual(done.stdout, printed_under(file.read_text()))

    def test_the_server_prints_what_its_page_says(self):
        with EchoServer() as server, server.connect() as connection:
            self.assertEqual(server.echo(connection, b"hello"), b"hello")
            connection.shutdown(socket.SHUT_WR)
            self.assertEqual(connection.recv(1), b"")  # its task has ended
        printed = re.sub(r":\d+ ", ":7007 ", server.first, count=1) + server.told
        self.assertEqual(printed, printed_under((SOURCE / "docs/examples/echo_server.cpp").read_text()))

    def test_the_server_gives_back_what_each_client_sent_under_every_policy(self):
        rows = re.findall(r"^rota_policy\((\S+)", (SOURCE / "schedulers" / "CMakeLists.txt").read_text(), re.M)
        self.assertGreaterEqual(len(rows), 10)
        for policy in rows:
            with self.subTest(policy=policy), EchoServer(policy) as server:
                with server.connect() as one, server.connect() as other:
                    large = os.urandom(1 << 20)
                    self.assertEqual(server.echo(one, large), large)
                    self.assertEqual(server.echo(other, b"small"), b"small")
                    one.shutdown(socket.SHUT_WR)
                    self.assertEqual(one.recv(1), b"")  # the server has seen the end, and closes
                    self.assertEqual(server.echo(other, b"still here"), b"still here")
            self.assertIn(f" under {policy}\n", server.first)

    def test_the_server_says_in_one_line_what_is_wrong(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            for arguments, said in [
                    ([], "usage: echo_server HOST:PORT [POLICY]\n"),
                    (["127.0.0.1:0", "fifi"], "echo_server: there is no policy 'fifi'\n"),
                    (["localhost"], "echo_server: 'localhost' is no address: expected HOST:PORT or [HOST]:PORT: Invalid "
                                    "argument\n"),
                    ([f"127.0.0.1:{port}"], f"echo_server: cannot listen on 127.0.0.1:{port}: Address already in use\n")]:
                done = subprocess.run([PROGRAMS / "example_echo_server", *arguments], capture_output=True, text=True,
                                      stdin=subprocess.DEVNULL, timeout=PATIENCE)
                self.assertEqual((done.returncode, done.stdout, done.stderr), (2, "", said))


if __name__ == "__main__":
    unittest.main(verbosity=2)
