"""gettext for the floors without Django. The catalogue is looked for once, not at every sentence."""

from __future__ import annotations

from gettext import translation

gettext = translation("yunce", fallback=True).gettext
