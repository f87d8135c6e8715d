"""The coded reasons that 退回修改, 退回补表 and 立即下线 must name; free words come on top, never instead."""

from django.utils.translation import gettext_lazy as _

RETURN_REASONS = (
    ("fact", _("Facts or figures are wrong")),
    ("wording", _("Wording, wrong characters or names and titles")),
    ("policy", _("Does not agree with policy, laws or regulations")),
    ("harm", _("May harm other organisations or persons, or shows personal data")),
    ("copyright", _("Text or pictures of others without permission")),
    ("source", _("Source or evidence is missing")),
    ("format", _("Layout, pictures or attachments are faulty")),
    ("column", _("Wrong column, category or route")),
    ("timing", _("Not suitable for publication at present")),
    ("other", _("Other, as written")),
)

FORM_REASONS = (
    ("blurred", _("The stamped sheet cannot be read")),
    ("no_seal", _("The seal is missing or belongs to another unit")),
    ("mismatch", _("The sheet does not agree with the item")),
    ("unsigned", _("A signature is missing on the sheet")),
    ("other", _("Other, as written")),
)

# What the public may be told; kept neutral on purpose.
TAKE_DOWN_REASONS = (
    ("content_error", _("Contents are being corrected")),
    ("source_request", _("At the request of the providing unit")),
    ("outdated", _("No longer valid")),
    ("under_check", _("Under verification")),
)

BY_KIND = {"return": RETURN_REASONS, "reopen": FORM_REASONS, "take_down": TAKE_DOWN_REASONS}


def label(kind, code):
    return dict(BY_KIND[kind]).get(code, code)
