"""Whatever is sent, within the description or outside it: never a 500, and every answer is as described.

What fits the description may still be refused for what it means (a zone that is none, a path that is not there).
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from thirdplace.face.api.assembled import api
from thirdplace.face.web.wsgi import application

schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application
OPERATIONS = [each.ok() for each in schema.get_all_operations()]
NAMES = [each.definition.raw["operationId"] for each in OPERATIONS]


@pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)
def test_anything_may_be_sent(operation, key, house):
    said = {"Authorization": f"Bearer {key}", "Host": "127.0.0.1", "Accept-Encoding": "identity"}
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(case=st.one_of(right, wrong))
    def send(case):
        case.call_and_validate(headers=said, excluded_checks=[positive_data_acceptance])

    send()
