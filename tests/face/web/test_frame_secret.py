"""The key of sessions: made once, by whoever is first, and never half."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from thirdplace.face.web.django_settings import _secret


def test_it_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    key = _secret(tmp_path / "data")
    assert len(key) > 50
    assert _secret(tmp_path / "data") == key
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600
    assert [each.name for each in (tmp_path / "data").iterdir()] == ["secret"]


def test_one_that_a_kill_left_empty_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    key = _secret(tmp_path)
    assert len(key) > 50
    assert (tmp_path / "secret").read_text() == key


def test_all_who_begin_at_once_have_the_same(tmp_path: Path) -> None:
    house = {**os.environ, "THIRDPLACE_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-c", "from thirdplace.face.web import django_settings as s; print(s.SECRET_KEY)"]
    begun = [subprocess.Popen(command, env=house, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({each.communicate()[0] for each in begun}) == 1


def test_two_houses_of_one_machine_do_not_log_each_other_out(tmp_path: Path) -> None:
    """Browsers tell 127.0.0.1 from 127.0.0.1 by no port: the demo's session must not replace the house's."""
    ask = "from thirdplace.face.web import django_settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    names: set[str] = set()
    for folder in ("house", "demo"):
        house = {**os.environ, "THIRDPLACE_DATA": str(tmp_path / folder)}
        said = subprocess.run([sys.executable, "-c", ask], env=house, capture_output=True, text=True, check=True)
        names |= set(said.stdout.split())
    assert len(names) == 4
