"""What comes from outside and is nonsense, or pretends to be at home."""

import pytest
from django.test import Client


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "evil.example:8155", "localhost@evil", ""])
def test_a_name_that_is_not_ours_is_refused_with_every_header(db: None, name: str) -> None:
    answer = Client(headers={"host": name}, SERVER_NAME="evil.example").get("/login")
    assert answer.status_code == 400
    assert b"evil" not in answer.content
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_report_of_endless_depth_is_only_counted(visitor: Client) -> None:
    assert visitor.post("/csp-report", "[" * 15_000, content_type="application/csp-report").status_code == 204
