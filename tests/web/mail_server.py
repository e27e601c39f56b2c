"""A small mail server on this machine, which behaves as a test asks: real sockets, no mail sent.

It speaks as much SMTP as smtplib needs. ``took`` is every mail that it answered for with 250, or
that it swallowed and never answered for: what a real server might have sent on.
"""

import email
import socket
import threading
import time
from contextlib import suppress
from email.policy import default


class MailServer:
    """Serves until it is closed; each connection in a thread of its own."""

    def __init__(self):
        self.took, self.connections = [], 0
        # Addresses that are refused, each with its code; codes for every sender and every word.
        self.refuses, self.sender, self.words, self.greets = {}, 250, 250, 220
        # Where it hangs up: "greeting", "mail", "rcpt", "data" (before the words), "words" (with
        # them in hand and no answer), each once where ``once``.
        self.drops, self.once = "", False
        self.slow = 0.0
        # Called with the words in hand, before they are answered for.
        self.before_answer = lambda: None
        self.after_answer = lambda: None
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        self.close()

    def close(self):
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    @property
    def to(self):
        """Who was sent a mail, in order."""
        return [mail["to"] for mail in self.took]

    def _serve(self):
        while True:
            try:
                visitor, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(visitor,), daemon=True).start()

    def _drop(self, here):
        if self.drops != here:
            return False
        if self.once:
            self.drops = ""
        return True

    def _talk(self, visitor):
        with suppress(OSError), visitor, visitor.makefile("rwb", buffering=0) as line:

            def say(words):
                time.sleep(self.slow)
                line.write(f"{words}\r\n".encode())

            if self._drop("greeting"):
                return
            say(f"{self.greets} here")
            while asked := line.readline():
                word = asked.split()[0].upper().decode("latin-1") if asked.split() else ""
                if self._drop(word.lower()):
                    return
                if word in ("EHLO", "HELO"):
                    say("250 8BITMIME")
                elif word == "MAIL":
                    say(f"{self.sender} so")
                elif word == "RCPT":
                    whom = asked.decode("latin-1").partition("<")[2].partition(">")[0]
                    say(f"{self.refuses.get(whom, 250)} {whom} unknown to secret-host")
                elif word == "DATA":
                    say("354 go on")
                    raw = b""
                    while not raw.endswith(b"\r\n.\r\n"):
                        piece = line.readline()
                        if not piece:
                            return
                        raw += piece
                    if self.words == 250:
                        with self._lock:
                            self.took.append(email.message_from_bytes(raw[:-3], policy=default))
                    if self._drop("words"):
                        return
                    self.before_answer()
                    say(f"{self.words} done")
                    self.after_answer()
                elif word == "QUIT":
                    say("221 bye")
                    return
                else:
                    say("250 so")
