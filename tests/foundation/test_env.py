"""Settings from the environment: a wrong one is named, with what to write."""

from pathlib import Path

import pytest

from thirdplace.foundation import env
from thirdplace.foundation.errors import ThirdplaceError


@pytest.mark.parametrize("wrong", ["many", "-1", "1.5", ""])
def test_what_is_no_number_is_refused_with_an_example(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIRDPLACE_TRIAL", wrong)
    with pytest.raises(ThirdplaceError) as error:
        env.number("THIRDPLACE_TRIAL", default=5, help="")
    assert (error.value.what, "5" in error.value.remedy) == (f"THIRDPLACE_TRIAL is '{wrong}'.", True)


def test_a_setting_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THIRDPLACE_TRIAL_FILE", str(tmp_path / "trial"))
    with pytest.raises(ThirdplaceError):
        env.text("THIRDPLACE_TRIAL", default="", help="")
    (tmp_path / "trial").write_bytes(b"\xff\xfe")
    with pytest.raises(ThirdplaceError) as error:
        env.text("THIRDPLACE_TRIAL", default="", help="")
    assert "no text in UTF-8" in error.value.what
    (tmp_path / "trial").write_text("7\n")
    assert env.number("THIRDPLACE_TRIAL", default=5, help="") == 7
