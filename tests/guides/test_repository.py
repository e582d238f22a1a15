"""Nothing in the repository points to where or how it was made."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
SELF = Path(__file__).name
MACHINE = re.compile(r"(?<![\w.}])/(?:root|home|Users|work|mnt|media)/(?!app\b)\w+|/tmp/[\w-]+/")
TALK = re.compile(
    r"\bissue #?\d|\bissues show\b|\.\./shared|\bbrief\.md|\bco-authored|\bas an AI\b"
    r"|\bTODO\b|\bFIXME\b|\b(?:earlier|previous|this|next) session\b|\bhelper session",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\bhttps?://[\w.:-]+")
HOSTS = {
    *("127.0.0.1", "localhost", "0.0.0.0", "example.com", "www.example.com"),
    *("json-schema.org", "semver.org", "keepachangelog.com", "copier.readthedocs.io"),
    *(
        "github.com",
        "docs.astral.sh",
        "nodejs.org",
        "spec.openapis.org",
        "www.w3.org",
        "www.rfc-editor.org",
    ),
}


def _tracked() -> Iterator[tuple[str, str]]:
    """Yield each file that is the project's own, and its text."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        foreign = "/assets/" in name or path.name in (SELF, "LICENSE", "uv.lock")
        if name and path.is_file() and not foreign:
            yield name, path.read_bytes().decode("utf-8", errors="replace")


def _found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {hit}" for name, text in _tracked() for hit in pattern.findall(text)]


def test_no_path_of_a_machine_is_written_down() -> None:
    assert not _found(MACHINE)


def test_nothing_tells_of_how_the_project_is_made() -> None:
    assert not _found(TALK)


def test_every_address_is_a_public_one_or_an_example() -> None:
    for hit in _found(ADDRESS):
        host = (urlsplit(hit.partition(": ")[2]).hostname or "").rstrip(".")
        is_invented = "." not in host or host.endswith((".example", ".test", ".b"))
        assert is_invented or host in HOSTS, hit


def test_the_patterns_find_what_they_are_for() -> None:
    for text in ("/home/me/code", "see /root/x", "cd /work/main", "/tmp/abc/def"):
        assert MACHINE.search(text), text
    for text in ("{{ path }}/home/x", "WORKDIR /home/app", "src/work/x", "https://a/work/b"):
        assert not MACHINE.search(text), text
    assert TALK.search("see issue 12")
