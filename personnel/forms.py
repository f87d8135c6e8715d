from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from organisation.models import Appointment, Post, User
from organisation.viewsets.screens import PersonField, UnitField, named_unit
from personnel.models import ChangeFiling
from personnel.rights import filing_units


class StaffField(PersonField):
    """A person with unit and posts: two of the same name are told apart."""

    def label_from_instance(self, person):
        posts = "、".join(f"{held.unit.short_name}{held.post.name}" for held in person.posts_now)
        return f"{person.name}（{person.username}）{posts or _('no post any more')}"


class PostsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(queryset=Post.objects.all(), required=False, **kwargs)


class FilingForm(forms.ModelForm):
    """What Article 11 wants reported; the service judges, so an empty choice means the usual."""

    unit = UnitField(label=_("Unit"))
    leaver = StaffField(
        label=_("Leaver"), required=False, help_text=_("Empty when somebody is added and nobody leaves.")
    )
    leaver_posts = PostsField(
        label=_("Posts given up"), help_text=_("None ticked: all posts that the leaver holds in this unit.")
    )
    successor = StaffField(
        label=_("Successor"),
        required=False,
        help_text=_("Takes over open items and drafts from that minute on."),
    )
    successor_name = forms.CharField(
        label=_("Name of a new person"),
        required=False,
        max_length=60,
        help_text=_(
            "Who has no account yet gets one from the e-government office when it receives the change."
        ),
    )
    successor_posts = PostsField(label=_("Posts taken"), help_text=_("None ticked: the posts given up."))
    wanted_at = forms.DateTimeField(
        label=_("Takes effect"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_(
            "Empty or past: the minute of receipt. From then on the leaver is locked out, open sessions too."
        ),
    )

    class Meta:
        model = ChangeFiling
        fields = [
            "unit",
            "reason",
            "leaver",
            "leaver_posts",
            "successor",
            "successor_name",
            "successor_phone",
            "successor_posts",
            "wanted_at",
            "note",
        ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = filing_units(user)
        self.fields["unit"].queryset = units
        self.fields["leaver"].queryset = with_posts(User.objects.filter(appointments__unit__in=units))
        self.fields["successor"].queryset = staff_of(units).exclude(pk=user.pk)
        posts = Post.objects.all()
        kinds = set(units.values_list("kind", flat=True))
        fitting = [post.pk for post in posts if not post.kinds or kinds & set(post.kinds)]
        for name in ("leaver_posts", "successor_posts"):
            self.fields[name].queryset = posts.filter(pk__in=fitting)
        only = list(units[:2])
        if len(only) == 1:
            self.fields["unit"].initial = only[0]

    def _post_clean(self):
        """The service and the database judge; the half-made row is not validated before."""


def staff_of(units):
    """Everybody with a post in one of these units."""
    held = Appointment.objects.valid().filter(unit__in=units).order_by()
    return with_posts(User.objects.filter(is_active=True, appointments__in=held))


def with_posts(people):
    """With all their posts of today in one more query; who has left already may have left work behind."""
    held = Appointment.objects.valid().select_related("post").prefetch_related(named_unit())
    return (
        people.distinct()
        .order_by("name")
        .prefetch_related(Prefetch("appointments", held, to_attr="posts_now"))
    )


class ReceiveForm(forms.Form):
    """The user name is asked for only where a new person needs an account."""

    username = forms.CharField(
        label=_("User name of the new account"),
        max_length=150,
        help_text=_("As in jiuzhou.author; the first password is shown once, after receipt."),
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args, needs_account, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_account:
            del self.fields["username"]


class ReturnForm(forms.Form):
    note = forms.CharField(label=_("What is missing or wrong?"), max_length=300)
