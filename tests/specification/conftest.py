"""Settings of the property tests: no deadline on a busy machine, nothing kept between runs."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("specification", deadline=None, database=None)
settings.load_profile("specification")
