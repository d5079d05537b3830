"""Every setting: its name, its default, its reason. What differs between communities is a row, not a setting."""

from thirdplace.foundation import env

DATA = env.folder(
    "THIRDPLACE_DATA",
    default="data",
    help="Holds the database and communities/<id>/{lake,index}. One folder, so that there is one to back up.",
)
PORT = env.number("THIRDPLACE_PORT", default=8155, help="Where the web listens, on this machine only.")
WORKERS = env.number(
    "THIRDPLACE_WORKERS", default=1, help="An import saturates one core; a second worker helps only beside it."
)
TODAY_LINES = env.number(
    "THIRDPLACE_TODAY_LINES", default=5, help="Lines a question on Today. A list longer than a morning is not read."
)
TODAY_MINUTES = env.number(
    "THIRDPLACE_TODAY_MINUTES",
    default=120,
    help="Minutes a day's round may take; what does not fit waits, and says so.",
)
PLUGINS = env.words(
    "THIRDPLACE_PLUGINS",
    help="Packages whose definitions may run. A plugin has full access to everything here: name only what you trust.",
)
SPOOL_LIMIT = env.number(
    "THIRDPLACE_SPOOL_LIMIT_MB",
    default=20_000,
    help="Megabytes an archive may take while unpacked in the data folder; a bomb stops here. Removed afterwards.",
)
