"""Sources: one reader a format; the content picks it.

>>> sorted(READERS)
['csv', 'json', 'jsonl', 'markdown', 'nuxt', 'skos', 'yaml']
"""

from __future__ import annotations

from termatlas.sources.options import Options
from termatlas.sources.read import READERS, read, settings_for
from termatlas.sources.shipped import shipped_atlas

__all__ = ["READERS", "Options", "read", "settings_for", "shipped_atlas"]
