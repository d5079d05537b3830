"""Queries are compiled once for each state of the code."""

import os
import subprocess
import sys

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
    assert queries.mark_of("thirdplace.practice") == queries.mark_of("thirdplace.practice.guiding.measures.newcomers")
    assert queries.mark_of("thirdplace.practice") != queries.mark_of("json")


def test_definitions_load_without_ibis(tmp_path):
    code = (
        "import django, sys; django.setup();"
        "from thirdplace.foundation.registry import walk; walk('thirdplace.practice');"
        "sys.exit('ibis' in sys.modules)"
    )
    env = {"DJANGO_SETTINGS_MODULE": "thirdplace.face.web.django_settings", "THIRDPLACE_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | env, check=False)
    assert done.returncode == 0
