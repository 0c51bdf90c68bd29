"""Who may judge links over the web: accounts, sessions, and the guard against guessing.

Accounts are kept in ``accounts.json`` of the workspace, outside the builds: names, and passwords
hashed by scrypt (RFC 7914). A session is a cookie that the server signed: name, end, signature;
the key of the signature contains the hash of the password, so that a session ends with the
password it was opened with. Nothing else is kept of whoever reads.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import threading
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path

from museosciences.errors import InputError, Place, StoreError, UsageError

COOKIE = "museo-session"
# Seconds that a session lasts: a working day.
LASTS = 10 * 3600
# RFC 7914: cost, block size, parallelism; 16 MiB and about 50 ms for each trial.
_COST = {"n": 2**14, "r": 8, "p": 1}
_NAME = re.compile(r"[\w.@-]{1,64}")
SHORTEST = 10
# After so many failures from one address, or on one name, trials are refused for a while.
FAILURES, PAUSE = 5, 60.0


@dataclass(slots=True)
class Guard:
    """Counts the failures of each who tries, and says when to wait."""

    _failures: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, *who: str) -> int:
        """The seconds until a next trial is looked at; 0 for at once."""
        now = time.monotonic()
        with self._lock:
            known = [self._failures[one] for one in who if one in self._failures]
        ends = [since + PAUSE - now for count, since in known if count >= FAILURES]
        return max(0, *(int(end) + 1 for end in ends if end > 0)) if ends else 0

    def failed(self, *who: str) -> None:
        """Remember a failure; those of long ago are forgotten."""
        now = time.monotonic()
        with self._lock:
            self._failures = {k: v for k, v in self._failures.items() if now - v[1] < PAUSE}
            for one in who:
                self._failures[one] = (self._failures.get(one, (0, now))[0] + 1, now)

    def passed(self, *who: str) -> None:
        """Forget the failures of who got it right."""
        with self._lock:
            for one in who:
                self._failures.pop(one, None)


class Accounts:
    """The accounts of a workspace."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "accounts.json"
        self._lock = threading.Lock()
        self._read: tuple[object, dict[str, str], bytes] | None = None
        self.guard = Guard()

    def names(self) -> list[str]:
        """The names of all accounts."""
        return sorted(self._load()[0])

    def add(self, name: str, password: str) -> None:
        """Open an account, or give it another password. Raises UsageError on a weak one."""
        if not _NAME.fullmatch(name):
            raise UsageError(
                "a name has letters, digits and . @ - _ only", place=Place(value=name[:80])
            )
        if len(password) < SHORTEST:
            raise UsageError(f"the password must have at least {SHORTEST} characters")
        salt = secrets.token_bytes(16)
        users, key = self._load()
        users[name] = f"{_text(salt)}${_text(_scrypt(password, salt))}"
        self._save(users, key)

    def remove(self, name: str) -> None:
        """Close an account; its sessions end at once. Raises InputError when there is none."""
        users, key = self._load()
        if users.pop(name, None) is None:
            raise InputError("there is no such account", place=Place(value=name[:80]))
        self._save(users, key)

    def accepts(self, name: str, password: str) -> bool:
        """Whether the password is that of the account; a name that is none takes as long."""
        salt, _, known = self._load()[0].get(name, "AAAA$").partition("$")
        return hmac.compare_digest(_scrypt(password, b64decode(salt)), b64decode(known))

    def open(self, name: str, *, now: float | None = None) -> str:
        """The cookie of a new session."""
        end = int((time.time() if now is None else now) + LASTS)
        told = f"{_text(name.encode())}.{end}"
        return f"{told}.{self._sign(name, told)}"

    def reader(self, cookie: str | None) -> str | None:
        """The name that a cookie stands for, or None when it is none, or over."""
        told, _, signature = (cookie or "").rpartition(".")
        encoded, _, end = told.partition(".")
        if not end.isdecimal() or int(end) < time.time():
            return None
        try:
            name = b64decode(encoded, validate=True).decode()
        except ValueError:
            return None
        if name not in self._load()[0]:
            return None
        expected = self._sign(name, told)
        return name if hmac.compare_digest(signature.encode(), expected.encode()) else None

    def token(self, cookie: str | None) -> str:
        """What a form of a session must send back: no other site can know it."""
        return self._mac(b"csrf", cookie or "")

    def _sign(self, name: str, told: str) -> str:
        return self._mac(self._load()[0].get(name, "").encode(), told)

    def _mac(self, purpose: bytes, text: str) -> str:
        key = self._load()[1]
        return hmac.new(key + purpose, text.encode(), hashlib.sha256).hexdigest()

    def _load(self) -> tuple[dict[str, str], bytes]:
        """The accounts and the key, read again when the file changed."""
        with self._lock:
            try:
                stat = self._file.stat()
                stamp = (stat.st_ino, stat.st_mtime_ns)
                if self._read is None or self._read[0] != stamp:
                    content = json.loads(self._file.read_text(encoding="utf-8"))
                    self._read = (stamp, dict(content["users"]), b64decode(content["key"]))
            except FileNotFoundError:
                if self._read is None or self._read[0] is not None:
                    self._read = (None, {}, secrets.token_bytes(32))
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise StoreError(
                    f"the accounts cannot be read: {error}",
                    remedy=f"mend or remove {self._file.name} in the workspace",
                ) from error
            return dict(self._read[1]), self._read[2]

    def _save(self, users: dict[str, str], key: bytes) -> None:
        """Write the file whole; only its owner may read it."""
        beside = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        text = json.dumps({"key": _text(key), "users": users}, indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            beside.replace(self._file)
        except OSError as error:
            raise StoreError(
                f"the accounts cannot be written: {error.strerror}",
                remedy="choose a workspace that can be written",
            ) from error


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(errors="replace"), salt=salt, dklen=32, **_COST)


def _text(content: bytes) -> str:
    return b64encode(content).decode()
