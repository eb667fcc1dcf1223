"""Forms as people fill them in."""

from __future__ import annotations

import io
from datetime import datetime
from email.message import EmailMessage

import openpyxl

from ogsm_xl.excel.forms.form_questions import ANSWER, KEY, KEY_COLUMN


def form_of(mail: EmailMessage) -> bytes:
    """The form that is attached to a mail."""
    attachment = next(iter(mail.iter_attachments()))
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def filled_in(mail: EmailMessage, **answers: str | float | datetime) -> bytes:
    """The form of a mail, with answers by `item_question`."""
    workbook = openpyxl.load_workbook(io.BytesIO(form_of(mail)))
    wanted = {KEY + name.replace("_", ":", 1): value for name, value in answers.items()}
    for row in workbook.worksheets[0].iter_rows():
        if (key := str(row[KEY_COLUMN].value)) in wanted:
            row[ANSWER].value = value = wanted.pop(key)
            if isinstance(value, str):
                row[ANSWER].data_type = "s"  # typed as text, also where it begins with "="
    assert not wanted
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()
