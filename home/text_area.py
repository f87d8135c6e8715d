"""The editor's field for rich text, which takes also what no editor would send (Article 15)."""

from django.utils.html import escape
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea, DraftailRichTextAreaAdapter
from wagtail.admin.telepath import register


class TextArea(DraftailRichTextArea):
    """Wagtail's field breaks down over a body that is not the editor's own notation
    (wagtail/admin/rich_text/converters/contentstate.py). Here such a body is kept as plain words:
    harmless, and lost to nobody.
    """

    def value_from_datadict(self, data, files, name):
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            return f"<p>{escape(data.get(name))}</p>"


register(DraftailRichTextAreaAdapter(), TextArea)
