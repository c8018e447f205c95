"""Uploading files of questions."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _, gettext_lazy

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 20


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes more than one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files, each of at most 20 MB."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files, each checked on its own."""
        given = list(data) if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(item, initial) for item in given or [None]]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("At most %(count)s files at once.") % {"count": MAX_FILES})
        for file in files:
            if file.size > MAX_BYTES:
                raise forms.ValidationError(
                    _("“%(name)s” is larger than 20 MB. Split it, or remove its pictures.") % {"name": file.name}
                )
        return files


class ImportForm(forms.Form):
    """The files to be read; nothing is written before the plan has been seen."""

    documents = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Word (.docx), Excel (.xlsx, .xls), CSV or plain text, up to 20 MB each."),
        widget=SeveralFiles({"accept": ".docx,.xlsx,.xls,.csv,.tsv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose at least one file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
