"""Write the JSON Schema of `resources.yml` to where projects get it from.

Run it after a change of the specification language: `python tools/write_schema.py`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "template" / ".vscode" / "resources.schema.json"


def schema_text() -> str:
    """Print the schema as it stands in the file.

    Returns:
        The text, with a line break at its end.
    """
    sys.path.insert(0, str(ROOT / "extensions"))
    from stanchion.specification.schema import resources_schema

    return json.dumps(resources_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
