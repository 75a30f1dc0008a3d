"""The shipped rules and templates are found in a checkout, and travel inside the wheel."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from verdringing import resources

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("rules", "templates")


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(target), cwd=ROOT)
    (built,) = target.glob("verdringing-*.whl")
    return built


@pytest.mark.parametrize("name", NAMES)
def test_a_checkout_has_them_at_the_top_level(name):
    assert resources.folder(name) == ROOT / name


def test_a_missing_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "__file__", str(tmp_path / "verdringing" / "resources.py"))
    with pytest.raises(FileNotFoundError, match=r"rules: .*missing"):
        resources.folder("rules")


@pytest.mark.parametrize(("name", "pattern"), [("rules", "*.yaml"), ("templates", "*")])
def test_the_wheel_holds_every_file(wheel, name, pattern):
    files = [path for path in (ROOT / name).rglob(pattern) if path.is_file()]
    assert files
    assert {f"verdringing/{path.relative_to(ROOT).as_posix()}" for path in files} <= set(ZipFile(wheel).namelist())


@pytest.mark.parametrize("name", NAMES)
def test_an_installed_wheel_has_them_beside_the_module(wheel, tmp_path, name):
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    ask = f"from verdringing.resources import folder; print(folder({name!r}))"
    found = run("-c", ask, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert Path(found) == tmp_path.resolve() / "verdringing" / name
