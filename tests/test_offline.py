"""Nothing is sent anywhere: the main job runs where every use of the network ends the program."""

import os
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


def run(*arguments, **environment):
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    inherited = {k: v for k, v in os.environ.items() if k not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=inherited | environment)


def test_the_watch_sees_the_network():
    assert run("--check").returncode == 70


def test_scoring_and_inspecting_use_no_network(tmp_path, example_inbox):
    done = run("score", example_inbox, "-o", tmp_path / "out.csv", "--redact")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").is_file()
    done = run("inspect", example_inbox)
    assert done.returncode == 0, done.stderr


def test_no_library_gathers_reports_of_use(tmp_path, example_inbox):
    """ONNX Runtime 1.31 kept a device id and a queue of events in the home folder, and sent them."""
    home = tmp_path / "home"
    home.mkdir()
    done = run("score", example_inbox, "-o", tmp_path / "out.csv", HOME=str(home), USERPROFILE=str(home))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in home.rglob("*") if path.is_file()] == []
