"""gettext for the floors without Django; its catalogue is looked for once."""

from __future__ import annotations

from gettext import translation

gettext = translation("yunce", fallback=True).gettext
