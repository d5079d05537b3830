"""Whatever is sent, within the description or outside it: never a 500, and every answer is as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from thirdplace.face.web.wsgi import application


@pytest.fixture
def described_to(key, house):
    headers = {"Authorization": f"Bearer {key}", "Host": "127.0.0.1"}
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=headers)


schema = schemathesis.pytest.from_fixture("described_to")


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_anything_may_be_sent(case, key):
    case.call_and_validate(headers={"Authorization": f"Bearer {key}", "Host": "127.0.0.1"})
