"""封存销毁: proposed, decided, witnessed. Nothing on these screens tells what the item was (Article 13)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from organisation.models.units import unit_names
from organisation.posts import POSTS
from secrecy import access
from secrecy.forms import DestructionDecisionForm
from secrecy.services import destroying
from secrecy.views.screen import Screen

LISTED = 200
POST_NAMES = {row.code: row.name for row in POSTS}


class DestructionsView(Screen):
    template_name = "secrecy/destructions.html"
    page_title = "封存销毁"
    header_icon = "bin"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(access.destructions_for(self.request.user, self.held)[:LISTED])
        names = unit_names({row.unit_id for row in rows})
        for row in rows:
            row.unit_name = names.get(row.unit_id, "")
        context["rows"] = rows
        return context


class DestructionView(Screen):
    """One record, to be read, decided or witnessed, and to be printed."""

    template_name = "secrecy/destruction.html"
    header_icon = "bin"
    form = None

    @cached_property
    def record(self):
        found = access.destructions_for(self.request.user, self.held)
        people = ("quarantine", "proposed_by", "decided_by")
        record = found.select_related(*people).filter(pk=self.kwargs["pk"]).first()
        if record is None:
            raise Http404
        return record

    def get_page_title(self):
        return self.record.number

    @property
    def may_decide(self):
        posts = {a.post for a in self.held if a.unit_id == self.record.unit_id}
        mine = posts & set(destroying.DECIDES) and self.request.user.pk != self.record.proposed_by_id
        return self.record.awaits_decision and bool(mine)

    @property
    def may_witness(self):
        if not self.record.awaits_witnesses or self.signed_by(self.request.user):
            return False
        return destroying.authority_to_witness(self.record, self.request.user, self.held) is not None

    def signed_by(self, user):
        return self.record.witnesses.filter(person=user).exists()

    def post(self, request, *args, **kwargs):
        done = self.witness(request) if "witness" in request.POST else self.decide(request)
        if done:
            return redirect("secrecy:destruction", pk=self.record.pk)
        return self.render_to_response(self.get_context_data())

    def witness(self, request):
        done = self.carried_out(destroying.witness, self.record, request.user)
        if done:
            words = (
                _("Destroyed; the record stays.") if done.destroyed_at else _("Signed as the first witness.")
            )
            messages.success(request, words)
        return done

    def decide(self, request):
        self.form = DestructionDecisionForm(request.POST)
        if not self.form.is_valid():
            return None
        given = self.form.cleaned_data
        done = self.carried_out(
            destroying.decide,
            self.record,
            request.user,
            approve=given["approve"] == "yes",
            remark=given["remark"],
        )
        if done:
            messages.success(request, _("The decision is on record."))
        return done

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        record = self.record
        witnesses = list(record.witnesses.select_related("person"))
        names = unit_names({record.unit_id, *(witness.unit_id for witness in witnesses)})
        for witness in witnesses:
            witness.unit_name, witness.post_name = names.get(witness.unit_id, ""), POST_NAMES[witness.post]
        context.update(
            record=record,
            unit_name=names.get(record.unit_id, ""),
            witnesses=witnesses,
            decided_post=POST_NAMES.get(record.decided_post, ""),
            inventory=record.inventory or list(self.foreseen()),
            form=(self.form or DestructionDecisionForm()) if self.may_decide else None,
            may_witness=self.may_witness,
        )
        return context

    def foreseen(self):
        """What will be destroyed, as it stands now."""
        if record_is_over(self.record):
            return
        yield from destroying.inventory_of(destroying.matter_of(self.record.quarantine))


def record_is_over(record):
    return record.approved is False or record.destroyed_at is not None
