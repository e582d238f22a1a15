"""The contract, asked over HTTP of any service: what answers is never looked at."""

from __future__ import annotations

import sys
from pathlib import Path

# The language of specifications is read by the generator's own package.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "extensions"))
