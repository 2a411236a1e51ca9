#!/usr/bin/env python3
"""Runs a command in a pseudo-terminal of a given width and examines what it drew: the widest line, redraws a second, and
the lines that stay on the screen.

Usage: tests/bench/terminal_transcript.py --columns 80 -- build/release/bin/hone run configs/quickstart.toml
"""
import argparse
import fcntl
import os
import pty
import re
import struct
import sys
import termios
import time
import unicodedata

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(options.command[0], options.command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, options.columns, 0, 0))
    data, draws = b"", []  # a draw: a carriage return that text follows, the screen's status line
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        for part in chunk.replace(b"\r\n", b"\n").split(b"\r")[1:]:
            text = ESCAPE.sub("", part.decode(errors="replace"))
            if text and not text.endswith("\n"):
                draws.append(time.time())
        data += chunk
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    text = data.decode(errors="replace").replace("\r\n", "\n")
    drawn, screen = [], []
    for line in text.split("\n"):
        parts = [ESCAPE.sub("", part) for part in line.split("\r")]
        drawn += parts
        screen.append(parts[-1])
    widest = max(drawn, key=width)
    most = max((sum(1 for other in draws if 0 <= other - at < 1) for at in draws), default=0)
    print("\n".join(screen))
    print(f"--- {options.columns} columns: widest line {width(widest)}, most status lines drawn within a second {most}, exit {code}")
    sys.exit(width(widest) > options.columns)


if __name__ == "__main__":
    main()
