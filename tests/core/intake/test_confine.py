"""The fences of the child, each tried from the inside in a process of its own."""

import subprocess
import sys

import pytest

START = (
    "import os, socket, subprocess, shutil, tempfile, ctypes, urllib.request\n"
    "from goldenthread.intake.confine import confine\n"
    "from goldenthread.intake.limits import Limits\n"
)


def inside(code, tmp_path, confined=True):
    """What a confined process says when it tries the code: "done", or the name of what stopped it.

    First shown to work without the fence, so that the test could fail.
    """
    fence = "confine(Limits(memory=300_000_000, seconds=5))\n" if confined else ""
    tried = f"try:\n    {code}\n    print('done')\nexcept BaseException as e:\n"
    tried += "    print(type(e).__name__)\n"
    ended = subprocess.run(
        [sys.executable, "-I", "-B", "-c", START + fence + tried],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={},
    )
    return ended.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "open('x', 'w')",
        "open('x', 'ab')",
        "os.open('x', os.O_CREAT | os.O_WRONLY)",
        "os.mkdir('x')",
        "os.symlink('a', 'b')",
        "tempfile.mkstemp(dir='.')",
        "socket.socket()",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork() or os._exit(0)",
        "os.posix_spawn('/bin/true', ['true'], {})",
    ],
)
def test_reading_may_not_write_call_or_start_anything(code, tmp_path):
    assert inside(code, tmp_path, confined=False) == "done"
    assert inside(code, tmp_path).endswith("Forbidden")


def test_reading_may_open_a_file_to_read(tmp_path):
    (tmp_path / "x").write_text("words")
    assert inside("open('x').read()", tmp_path) == "done"


def test_memory_is_bounded(tmp_path):
    assert inside("bytearray(400_000_000)", tmp_path, confined=False) == "done"
    assert inside("bytearray(400_000_000)", tmp_path) == "MemoryError"


def test_a_file_written_past_python_stays_empty(tmp_path):
    kernel = "k = ctypes.CDLL(None); d = k.open(b'x', 65, 0o600); k.write(d, b'words', 5)"
    assert inside(kernel, tmp_path, confined=False) == "done"
    assert (tmp_path / "x").read_bytes() == b"words"
    inside(kernel.replace("b'x'", "b'y'"), tmp_path)
    assert not (tmp_path / "y").exists() or (tmp_path / "y").read_bytes() == b""
