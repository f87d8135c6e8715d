"""Services for accounts (Articles 11, 20): open, close, give a password out, change it.

There is no reset by e-mail: whoever forgot his password calls the e-government office, whose desk knows the
person, gives a password for one use and leaves a record.
"""

import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from organisation.models import PasswordReset, User
from organisation.rights import demand
from organisation.writing import refusing
from regulation.refusals import Refusal

PASSWORDS = "20"
# Without letters and figures that are confused over the telephone.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def one_time_password():
    """Three groups of five: 85 bits, readable over the telephone."""
    return "-".join("".join(secrets.choice(ALPHABET) for __ in range(5)) for __ in range(3))


def open_account(username, name, *, by, email="", phone=""):
    """A new person's account; returns it with its first password, which he must change at once."""
    demand(by, "operate")
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(
            _("There is an account with this user name already."), article=PASSWORDS, code="username_taken"
        )
    password = one_time_password()
    with refusing(PASSWORDS):
        person = User.objects.create_user(
            username, email, password, name=name, phone=phone, must_change_password=True
        )
        log(person, "organisation.open_account", user=by)
    return person, password


def close_account(person, *, by):
    """The leaver cannot log in from this moment and holds no post any more (Article 11)."""
    demand(by, "operate")
    if person.pk == by.pk:
        raise Refusal(_("Nobody closes his own account."), article="11", code="own_account")
    with refusing("11"):
        person.is_active = False
        person.save(update_fields=["is_active"])
        log(person, "organisation.close_account", user=by)
    return person


def reset_password(person, *, by, reason):
    """The desk's reset: returns the one-time password. Recorded; the person must choose his own at once."""
    demand(by, "desk")
    if person.pk == by.pk:
        raise Refusal(_("One's own password is changed, not reset."), article=PASSWORDS, code="own_password")
    if person.is_superuser and not by.is_superuser:
        raise Refusal(
            _("A superuser's password is not reset at the desk."), article=PASSWORDS, code="superuser"
        )
    if not person.is_active:
        raise Refusal(_("This account is closed."), article=PASSWORDS, code="closed_account")
    if not reason.strip():
        raise Refusal(_("Say how the person was identified."), article=PASSWORDS, code="no_reason")
    password = one_time_password()
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        PasswordReset.objects.create(person=person, by=by, reason=reason.strip())
        log(person, "organisation.reset_password", user=by)
    return password


def change_password(person, password):
    """The person's own choice; raises ``ValidationError`` where it is too weak or the same as before."""
    validate_password(password, person)
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        log(person, "organisation.change_password", user=person)
