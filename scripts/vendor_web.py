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
ICONS = Path(__file__).with_name("icons.txt")  # one name a line; see lucide.dev for what there is


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
    icons = {
        name: drawing((lucide / "icons" / f"{name}.svg").read_text(encoding="utf-8"))
        for name in ICONS.read_text(encoding="utf-8").split()
    }
    text = json.dumps(icons, indent=0, ensure_ascii=False) + "\n"
    (WEB / "icons.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
