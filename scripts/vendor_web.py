"""Copy what the web serves from elsewhere into the package: htmx, the icons, the fonts, each with its licence.

Run by hand when a version changes; what it writes is committed, so neither Node nor a network is needed afterwards.

    npm pack htmx.org@4.0.1 lucide-static@1.62.0
    mkdir -p unpacked/htmx unpacked/lucide
    tar xzf htmx.org-4.0.1.tgz -C unpacked/htmx; tar xzf lucide-static-1.62.0.tgz -C unpacked/lucide
    python scripts/vendor_web.py unpacked
"""

import json
import re
import shutil
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "src" / "thirdplace" / "face" / "web"
ICONS = """
activity arrow-down arrow-left arrow-right arrow-up arrow-up-down ban bell-off book-open bookmark bot calendar
calendar-check calendar-days check chevron-down chevron-left chevron-right chevrons-up-down circle-check circle-dot
circle-help circle-user-round clipboard-list clock coffee cog command copy database download ellipsis external-link eye
eye-off file file-archive file-text flag folder folder-open git-branch hand-heart handshake hash heart history house
info key-round keyboard languages lightbulb link list-filter list-plus lock log-in log-out mail mail-check map map-pin
megaphone menu merge message-circle message-circle-off message-circle-question-mark message-circle-reply
message-square-text messages-square minus monitor moon notebook-pen pen-line pencil plus printer quote refresh-cw
repeat-2 reply rotate-ccw route scale search send settings shield shield-check snowflake split sprout sun sunrise table
tag target thumbs-up trash trending-down trending-up triangle-alert undo-2 upload user-cog user-plus user-round
users-round waypoints x
""".split()


def drawing(svg: str) -> str:
    """What stands inside an icon's svg element, in one line."""
    inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return re.sub(r"\s*/>", "/>", re.sub(r">\s+<", "><", inside.strip()))


def main(unpacked: Path) -> None:
    """Write htmx and the icons below the web package."""
    htmx, lucide = unpacked / "htmx" / "package", unpacked / "lucide" / "package"
    vendor = WEB / "static" / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    script = (htmx / "dist" / "htmx.min.js").read_text(encoding="utf-8")
    script = re.sub(r"\n?//# sourceMappingURL=.*", "", script)
    (vendor / "htmx.js").write_text(script, encoding="utf-8")
    shutil.copy(htmx / "LICENSE", vendor / "htmx.LICENSE")
    shutil.copy(lucide / "LICENSE", vendor / "lucide.LICENSE")
    icons = {name: drawing((lucide / "icons" / f"{name}.svg").read_text(encoding="utf-8")) for name in sorted(ICONS)}
    text = json.dumps(icons, indent=0, ensure_ascii=False) + "\n"
    (WEB / "icons.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
