"""What a body may consist of (Article 3: text, pictures, data, audio, video, other files).

Each block has one shape in a document (`home/body.py`). Raw HTML and embeds have no
block: their content could change after approval (publish-paths row 33).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from home import pasting, rich_text, uploads
from home.table_blocks import DataBlock, TableBlock

MAX_TEXT = 200_000
# A column added later needs a value for the rows that are there, and for the release that is still running.
ADDED_STREAM = {
    "blank": True,
    "default": list,
    "db_default": models.Value([], output_field=models.JSONField()),
}


class DescribedImageBlock(ImageBlock):
    """Wagtail's block, with the label that it leaves to the name of its field (wagtail/images/blocks.py)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.child_blocks["image"].label = _("File")


class PictureBlock(blocks.StructBlock):
    """Wagtail's own image block asks for an alternative text or the mark that the image is decoration."""

    image = DescribedImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")


class MediaBlock(blocks.StructBlock):
    """Audio or video from the unit's library, never from a third party; with its words for those who cannot hear."""

    file = DocumentChooserBlock(label=_("Audio or video file"))
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt); for videos.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=rich_text.INLINE_FEATURES,
        required=False,
        help_text=_("The words and what is to be seen. Needed where there are no captions."),
    )

    class Meta:
        icon = "media"
        label = _("Audio or video")

    def clean(self, value):
        value = super().clean(value)
        kind = uploads.group_of(value["file"].filename) if value["file"] else ""
        captions, wrong = value.get("captions"), {}
        if value["file"] and kind not in {"audio", "video"}:
            wrong["file"] = _("Choose an MP3, M4A or MP4 file.")
        if captions and (kind != "video" or uploads.group_of(captions.filename) != "captions"):
            wrong["captions"] = _("Captions are a WebVTT file (.vtt) and belong to a video.")
        if not captions and not rich_text.text_of(value["transcript"].source):
            wrong["transcript"] = _("Give a transcript, or captions for a video.")
        if wrong:
            errors = {name: ValidationError(sentence) for name, sentence in wrong.items()}
            raise blocks.StructBlockValidationError(errors)
        return value


class TargetBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page of the portal"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False, max_length=500)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=120)

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            wrong = _("Give either a page of the portal or an address.")
            raise blocks.StructBlockValidationError({"url": ValidationError(wrong)})
        return value


class TargetsBlock(blocks.StructBlock):
    """Links as information of their own (Article 3); the content check looks at where they lead."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    targets = blocks.ListBlock(TargetBlock(), label=_("Links"), min_num=1, max_num=50)

    class Meta:
        icon = "link"
        label = _("Links")


class BodyBlock(blocks.StreamBlock):
    """The body of an item."""

    rich_text = blocks.RichTextBlock(
        label=_("Text"), features=rich_text.FEATURES, max_length=MAX_TEXT, icon="pilcrow"
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=100, icon="title")
    image = PictureBlock()
    table = TableBlock()
    data = DataBlock()
    media = MediaBlock()
    links = TargetsBlock()

    def clean(self, value):
        """What a paste left in the words goes on the server as well, whatever the browser did (Article 13)."""
        value = super().clean(value)
        for block in value:
            if block.block_type == "rich_text":
                block.value = RichText(pasting.tidied(block.value.source))
        return value


class AttachmentBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=150, help_text=_("Else the file's title.")
    )
    file = DocumentChooserBlock(label=_("File"))

    class Meta:
        icon = "doc-full"
        label = _("Attachment")


class AttachmentsBlock(blocks.StreamBlock):
    attachment = AttachmentBlock()


class PolicyRelationsBlock(blocks.StreamBlock):
    """Documents that a policy document repeals or amends (portal.md: validity as a stamp, links both ways)."""

    repeals = blocks.PageChooserBlock(label=_("Repeals"), page_type="home.PolicyPage", icon="cross")
    amends = blocks.PageChooserBlock(label=_("Amends"), page_type="home.PolicyPage", icon="edit")


class SectionBlock(blocks.StructBlock):
    """A part of the home page: the newest items of one column, or an entrance to its own columns."""

    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=20, help_text=_("Else the column's name.")
    )
    column = blocks.PageChooserBlock(label=_("Column"), page_type="home.ColumnPage")
    limit = blocks.IntegerBlock(label=_("Items"), min_value=1, max_value=12, default=6)
    style = blocks.ChoiceBlock(
        label=_("Appearance"),
        choices=[
            ("headline", _("headlines")),
            ("list", _("list")),
            ("cards", _("cards")),
            ("pictures", _("picture news")),
            ("policies", _("policies with their interpretations")),
            ("entrance", _("entrance")),
            ("topics", _("topics")),
        ],
        default="list",
    )

    class Meta:
        icon = "list-ul"
        label = _("Section")


class SectionsBlock(blocks.StreamBlock):
    section = SectionBlock()


class ContactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Label"), max_length=30)
    value = blocks.CharBlock(label=_("Value"), max_length=150)

    class Meta:
        icon = "mail"
        label = _("Contact")


class ContactsBlock(blocks.StreamBlock):
    contact = ContactBlock()


class LinkBlock(blocks.StructBlock):
    """A badge or link in the footer: 党政机关, 找错, 年度报表 (portal.md)."""

    label = blocks.CharBlock(label=_("Label"), max_length=30)
    url = blocks.URLBlock(label=_("Address"), max_length=300)

    class Meta:
        icon = "link"
        label = _("Link")


class LinksBlock(blocks.StreamBlock):
    link = LinkBlock()


class UnitColumnBlock(blocks.StructBlock):
    """A column of the unit's own subsite: what the unit has published in one column of the portal."""

    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=20, help_text=_("Else the column's name.")
    )
    column = blocks.PageChooserBlock(label=_("Column"), page_type="home.ColumnPage")

    class Meta:
        icon = "list-ul"
        label = _("Column")


class UnitColumnsBlock(blocks.StreamBlock):
    column = UnitColumnBlock()


class LeaderBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=40)
    duty = blocks.CharBlock(label=_("Office and duties"), max_length=200)
    portfolio = blocks.CharBlock(label=_("Division of work"), required=False, max_length=300)

    class Meta:
        icon = "user"
        label = _("Leader")


class LeadersBlock(blocks.StreamBlock):
    leader = LeaderBlock()
