"""What a query cannot hold in memory is set down in the data folder and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import os
from pathlib import Path
from thirdplace.foundation.engine.warehouse import cursor
from thirdplace.foundation.lake.query import asking
with asking() as one, cursor() as other:
    connection = {"one": one, "other": other}[os.environ["WHICH"]]
    connection.execute("SET memory_limit = '40MB'")
    connection.execute("CREATE TEMP TABLE t AS SELECT range::VARCHAR || repeat('canary', 5) AS a FROM range(1_000_000)")
    print(sum(path.stat().st_size for path in Path(os.environ["THIRDPLACE_DATA"]).rglob("*.tmp")))
"""


@pytest.mark.parametrize("which", ["one", "other"])
def test_it_stays_in_the_data_folder_and_is_gone_at_the_end(tmp_path: Path, which: str) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    elsewhere.mkdir()
    house = {**os.environ, "THIRDPLACE_DATA": str(data), "WHICH": which}
    done = subprocess.run([sys.executable, "-c", ASK], env=house, cwd=elsewhere, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
    assert list(elsewhere.iterdir()) == []
    assert list(data.rglob("*.tmp")) == []
