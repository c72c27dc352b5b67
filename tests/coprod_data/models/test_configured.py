"""The tables are ready for many threads as soon as they are imported."""

import subprocess
import sys

from tests.helpers.source import ROOT

ASK = """from coprod_data.models import Base
print(all(mapper.configured for mapper in Base.registry.mappers))"""


def test_every_mapper_is_configured_before_a_second_thread_can_be():
    asked = [sys.executable, "-c", ASK]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout == "True\n"
