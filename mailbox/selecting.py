"""选登: a letter and its reply become a draft, without who wrote it; the draft goes route (5) like every other.

Nothing of a letter is public by itself: what is shown is the item that the portal's leader approved (Article 14(5)).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from checks.findings import Context
from checks.masking import mask
from home.models import ColumnPage
from home.models.columns import ColumnType
from mailbox import handling
from organisation.authority import holders, office
from organisation.models import Unit
from regulation.refusals import Refusal
from units.drafts import new_item, paragraphs

NOBODY = "来信人"


def authors_for(letter):
    """The authors of the unit that answered: its draft, its signatures."""
    return holders(answering_unit(letter).pk, ["author"])


def answering_unit(letter):
    """The unit that had the letter when it was answered; else the e-gov office, which answers for what names none."""
    found = Unit.objects.filter(code=letter.held_by).first() if letter.held_by else None
    return found or office("egov_office")


def without_person(letter, text: str) -> str:
    """Numbers masked as in every interactive item (Article 15(4)), and the writer's name taken out.

    A name of one character would be found inside of other words: it is left to the author and the two who check.
    """
    text = text.replace(letter.name, NOBODY) if len(letter.name) > 1 else text
    return mask(text, context=Context(interactive=True))


@transaction.atomic
def select(letter, by, author):
    """The draft. Refused without the writer's consent or a reply, and for an author of another unit."""
    if not letter.may_publish:
        raise Refusal(_("The writer did not agree to publication."), article=handling.ARTICLE, code="consent")
    if author not in authors_for(letter):
        raise Refusal(_("The author is a person of the unit that answered."), article="3", code="author")
    if letter.reply is None:
        raise Refusal(_("This step cannot be taken now."), article=handling.ARTICLE, code="step")
    title = without_person(letter, letter.title)
    column = ColumnPage.objects.filter(column_type=ColumnType.LETTERS, title=letter.get_box_display()).first()
    page = new_item(answering_unit(letter), author, title, column)
    said = paragraphs(without_person(letter, letter.text))
    answered = paragraphs(without_person(letter, letter.reply.note))
    page.body = [("rich_text", f"<h3>来信</h3>{said}<h3>答复</h3>{answered}")]
    page.save_revision(user=author, clean=False)
    handling.take_step(letter.pk, by, "selected", page_id=page.pk)
    return page
