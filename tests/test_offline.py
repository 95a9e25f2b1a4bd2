"""Nothing is sent anywhere: the main job runs where every use of the network ends the program."""

import subprocess
import sys

PROGRAM = """
import os, sys

def no_network(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg", "urllib.Request"):
        print("network used:", event, arguments, file=sys.stderr)
        os._exit(70)

sys.addaudithook(no_network)
if "--check" in sys.argv:
    import socket
    socket.getaddrinfo("example.com", 80)
from stageclf.cli import main
main()
"""


def run(*arguments):
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_the_watch_sees_the_network():
    assert run("--check").returncode == 70


def test_scoring_and_inspecting_use_no_network(tmp_path, example_inbox):
    done = run("score", example_inbox, "-o", tmp_path / "out.csv", "--redact")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").is_file()
    done = run("inspect", example_inbox)
    assert done.returncode == 0, done.stderr
