"""What tests of the door and the house share."""

from pathlib import Path

RECORDED = Path(__file__).parent / "recorded"
PASSWORD = "hedges and stiles"
