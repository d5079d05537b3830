"""What every process would carry along for nothing."""

import subprocess
import sys


def test_reading_the_lake_loads_no_pandas():
    code = (
        "import os, sys, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'thirdplace.face.web.django_settings'; django.setup()\n"
        "from thirdplace.flow import definitions; definitions.load()\n"
        "from thirdplace.foundation.lake import schema; import pyarrow as pa; pa.array(['a'])\n"
        "print(*sorted({'pandas', 'ibis', 'scipy', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_pandas_is_still_there_for_who_wants_it():
    code = (
        "from thirdplace.foundation.lake import light; import pyarrow as pa\n"
        "print(len(pa.table({'a': [1]}).to_pandas()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
