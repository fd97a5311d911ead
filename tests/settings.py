"""The product's settings over folders of the test run's own; no YUNCE_* of the machine counts."""

from __future__ import annotations

import os
import tempfile

# Where to test and how hard; everything else named so would change what is tested.
_KEPT = (
    "YUNCE_SHARED",
    "YUNCE_CHROMIUM",
    "YUNCE_TEST_POSTGRESQL",
    "YUNCE_FAULT_KILLS",
    "YUNCE_SEQUENCES",
)

for _name in [name for name in os.environ if name.startswith("YUNCE_")]:
    if _name not in _KEPT:
        del os.environ[_name]
os.environ["YUNCE_DATA"] = tempfile.mkdtemp(prefix="yunce-tests-")
os.environ["YUNCE_STATIC"] = tempfile.mkdtemp(prefix="yunce-static-")

from yunce.config.settings import *  # noqa: E402, F403

# Tests need no collected static files.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests only
