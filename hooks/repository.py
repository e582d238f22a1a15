"""The new project's git repository and its first commit."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

FIRST_MESSAGE = "Generate the service"
# Set where Copier is run by a git hook; they would lead git to the wrong repository.
_FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


class Repository:
    """The repository that a project gets, if any; ``said`` is what there is to tell about it."""

    def __init__(self, project: Path) -> None:
        """Take the project's folder."""
        self._project = project
        self._is_ours = False
        self.said = ""

    def create(self) -> None:
        """Make a repository where the project lies in none."""
        if shutil.which("git") is None:
            self.said = "git is not installed, so there is no repository yet."
        elif self._git("rev-parse", "--is-inside-work-tree").returncode == 0:
            self.said = "The project lies in a git repository already: commit it there."
        else:
            branch = self._git("config", "init.defaultBranch").stdout.strip() or "main"
            made = self._git("init", "--quiet", f"--initial-branch={branch}")
            self._is_ours = made.returncode == 0
            self.said = "" if self._is_ours else f"git init failed: {made.stderr.strip()}"

    def commit(self) -> None:
        """Commit all that is there, if the repository is ours and git knows who commits."""
        if not self._is_ours:
            return
        retry = f'git add --all && git commit -m "{FIRST_MESSAGE}"'
        if not self._has_identity():
            self.said = f"git does not know who you are, so nothing is committed: set user.name \
and user.email, then run `{retry}`."
            return
        self._git("add", "--all")
        made = self._git("commit", "--quiet", "-m", FIRST_MESSAGE)
        if made.returncode:
            self.said = f"Nothing is committed: {made.stderr.strip()}\nLater: {retry}"
        else:
            self.said = "A git repository was made, with a first commit."

    def _has_identity(self) -> bool:
        """Tell whether names and addresses are set; git would otherwise guess them."""
        roles = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
        asked = (self._git("-c", "user.useConfigOnly=true", "var", role) for role in roles)
        return all(answer.returncode == 0 for answer in asked)

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments],
            cwd=self._project,
            env={name: value for name, value in os.environ.items() if name not in _FOREIGN},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt must not leave a half commit
        )
