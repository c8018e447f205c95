"""Make `.venv` and install the locked requirements: what `make` needs before anything else can run.

Run by the system's Python with the standard library alone: ``python3 config/bootstrap.py runtime``
for the platform, ``... tests`` for everything the tests need, the browser and a Chinese font
included. A stamp with the lock file's checksum makes the second call cheap.
"""

from __future__ import annotations  # so that an old Python can still say what it lacks

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11")
# Package of Debian and Ubuntu → what the tests need it for.
BROWSER_PACKAGE = "chromium"
FONT_PACKAGE = "fonts-noto-cjk"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FONT_PATTERNS = ("**/*CJK*", "**/wqy*", "**/*SourceHan*", "**/*NotoSansSC*", "**/*droid*fallback*")


class CannotGoOn(Exception):
    """Something is missing that this program may not or cannot add; the message says what to do."""


def say(sentence: str) -> None:
    """Tell the operator what happens, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def may_install() -> bool:
    """Tell whether system packages can be installed here without asking."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(packages: list[str]) -> None:
    """Install system packages as root; otherwise say which ones are missing.

    Raises:
        CannotGoOn: not root, no apt-get, or the installation failed.
    """
    command = "apt-get install -y " + " ".join(packages)
    if not may_install():
        raise CannotGoOn(f"Missing on this machine. Install as root, then try again:\n  {command}")
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    options = ["-y", "-qq", "--no-install-recommends"]
    done = subprocess.run(["apt-get", "install", *options, *packages], env=quiet, check=False)
    if done.returncode:
        raise CannotGoOn(f"The installation failed. Install by hand, then try again:\n  {command}")


def find_python() -> str:
    """Return a Python that is new enough.

    Raises:
        CannotGoOn: there is none.
    """
    if sys.version_info >= OLDEST_PYTHON:
        return sys.executable
    for newer in filter(None, map(shutil.which, NEWER_PYTHONS)):
        return newer
    raise CannotGoOn(
        f"Python 3.11 or newer is needed; this machine has {sys.version_info[0]}."
        f"{sys.version_info[1]}. Debian 12 and Ubuntu 24.04 bring one; elsewhere install the "
        "packages python3.11 and python3.11-venv."
    )


def works(python: Path) -> bool:
    """Tell whether this interpreter starts and has pip."""
    if not python.exists():
        return False
    tried = subprocess.run([str(python), "-c", "import pip"], capture_output=True, check=False)
    return tried.returncode == 0


def make_venv() -> None:
    """Make `.venv`, unless one that works is there (a moved or half-made one is made anew)."""
    if works(VENV_PYTHON):
        return
    python = find_python()
    has_venv = [python, "-c", "import ensurepip, venv"]
    if subprocess.run(has_venv, capture_output=True, check=False).returncode:
        name = subprocess.run(
            [python, "-c", "import sys; print('python%d.%d-venv' % sys.version_info[:2])"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        install_packages([name])
    say("Making .venv")
    subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=True)


def checksum(lock: Path) -> str:
    """Return what a stamp holds: changes with the lock file."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install_lock(name: str) -> None:
    """Install requirements/`name`.lock with its hashes, unless that very file is installed."""
    lock = ROOT / "requirements" / f"{name}.lock"
    stamp = VENV / f"installed-{name}"
    if stamp.exists() and stamp.read_text() == checksum(lock):
        return
    say(f"Installing {lock.relative_to(ROOT)} (a few minutes the first time)")
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    done = subprocess.run([*pip, "--require-hashes", "--requirement", str(lock)], check=False)
    if done.returncode:
        raise CannotGoOn(
            "pip could not install the requirements (see above). Behind a mirror, set PIP_INDEX_URL; then try again."
        )
    stamp.write_text(checksum(lock))
    if name == "dev":
        # The tests' set holds the platform's, in the same versions (a test compares them).
        runtime = ROOT / "requirements" / "runtime.lock"
        (VENV / "installed-runtime").write_text(checksum(runtime))


def has_browser() -> bool:
    """Tell whether a Chromium is installed or named by CHROMIUM_PATH."""
    named = os.environ.get("CHROMIUM_PATH")
    return Path(named).exists() if named else any(map(shutil.which, BROWSERS))


def has_chinese_font() -> bool:
    """Tell whether screenshots would show Chinese instead of boxes."""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return any(next(f.glob(p), None) for f in folders if f.is_dir() for p in FONT_PATTERNS)


def install_browser() -> None:
    """Make sure that the browser tests have a browser and a font."""
    missing = [] if has_browser() else [BROWSER_PACKAGE]
    if not has_chinese_font():
        missing.append(FONT_PACKAGE)
    if missing:
        install_packages(missing)
    if not has_browser():
        raise CannotGoOn("There is still no Chromium. Name one by CHROMIUM_PATH=/path/to/chrome.")


def main(arguments: list[str]) -> int:
    """Prepare for `runtime` or `tests`; return the exit code."""
    try:
        make_venv()
        if arguments == ["tests"]:
            install_lock("dev")
            install_browser()
        elif arguments == ["tools"]:
            install_lock("dev")
        else:
            install_lock("runtime")
    except CannotGoOn as reason:
        say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
