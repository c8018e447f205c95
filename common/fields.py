"""Model fields that know no domain."""

from typing import Any

from django.db import models

from common import crypto


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database. It cannot be searched; keep a blind index beside
    it.
    """

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        return crypto.encrypt(str(value), context=self._context()) if value else ""

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return crypto.decrypt(value, context=self._context()) if value else ""
