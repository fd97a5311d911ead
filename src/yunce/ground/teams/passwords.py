"""What a password must be, said in Chinese where Django's own translation has a gap."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django 5.2 reworded its sentence; its Chinese translation still misses it."""

    def get_error_message(self) -> str:
        return _("密码太短了，至少要 %(number)d 个字符。") % {"number": self.min_length}

    def get_help_text(self) -> str:
        return _("密码至少要 %(number)d 个字符。") % {"number": self.min_length}
