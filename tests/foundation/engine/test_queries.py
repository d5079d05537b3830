"""Queries are compiled once for each state of the code."""

import os
import subprocess
import sys
from pathlib import Path

from thirdplace.foundation.engine import queries


def test_a_query_is_made_once_and_kept_beside_the_data(data_folder):
    made = []

    def make():
        made.append(1)
        return "SELECT 1"

    assert queries.remembered("once", make, module=__name__) == "SELECT 1"
    assert queries.remembered("once", make, module=__name__) == "SELECT 1"
    assert made == [1]
    (kept,) = (data_folder / "queries").glob("*.json")
    queries._known.clear()
    assert queries.remembered("once", make, module=__name__) == "SELECT 1"
    assert made == [1]
    kept.write_text("damaged")
    queries._known.clear()
    assert queries.remembered("once", make, module=__name__) == "SELECT 1"
    assert made == [1, 1]


def test_other_code_has_another_mark():
    guiding, analysing = (f"thirdplace.practice.{room}" for room in ("guiding", "analysing"))
    assert queries.mark_of(guiding) == queries.mark_of(f"{guiding}.measures.newcomers")
    assert len({queries.mark_of(each) for each in (guiding, analysing, "json")}) == 3


def test_definitions_load_without_ibis(tmp_path):
    code = (
        "import django, sys; django.setup();"
        "from thirdplace.foundation.registry import walk; walk('thirdplace.practice');"
        "sys.exit('ibis' in sys.modules)"
    )
    env = {"DJANGO_SETTINGS_MODULE": "thirdplace.face.web.django_settings", "THIRDPLACE_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | env, check=False)
    assert done.returncode == 0


def test_our_queries_come_compiled():
    script = Path(__file__).resolve().parents[3] / "scripts" / "compile_queries.py"
    done = subprocess.run([sys.executable, str(script), "--check"], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
