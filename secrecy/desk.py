"""Article 13's part in a review: what `review.outcomes.SecrecyDesk` asks for, answered by this app's services."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from publication import submissions
from regulation.refusals import Refusal
from review import outcomes
from secrecy import forms, services
from secrecy.models import SecrecyConclusion, SecrecyRow
from secrecy.models.rows import Form, Opinion
from secrecy.panels import row_context, sheet_context

OPINION = {True: Opinion.AGREE, False: Opinion.DISAGREE}


class PortalSecrecyDesk(outcomes.SecrecyDesk):
    # --- the author's part ---

    def row_form(self, page, author, data=None):
        services.require_open(page.object_id)
        if data is None:
            return forms.RowForm(page=page, initial=forms.prefilled_row(page))
        return forms.RowForm(_prefixed(data, page), page=page, initial=forms.prefilled_row(page))

    def open_row(self, case, author, cleaned):
        return services.open_row(case.submission, author, **cleaned)

    def carry_row(self, old_case, new_case):
        return services.carry_row(old_case.pk, new_case.submission)

    # --- the two opinions ---

    def opinion_form(self, case, opinion, data=None):
        if opinion != "secrecy":
            return None
        return forms.ProposalForm(data, row=services.row_of(case.pk))

    def judge_agreement(self, case, opinion, cleaned):
        row = services.row_of(case.pk)
        if opinion == "secrecy":
            services.rows.require_clear(row, cleaned.get("proposed_form"))
            return
        if row.wanted_form != Form.WEB:
            raise Refusal(
                _("The form of publication on the table is “%(form)s”: decide that, or disagree.")
                % {"form": Form(row.wanted_form).label},
                article="13",
                code="not_web",
            )

    def record_opinion(self, case, opinion, agree, user, authority, cleaned):
        remark = cleaned.get("remark", "")
        if opinion == "secrecy":
            services.review_row(
                case.pk,
                user,
                OPINION[agree],
                authority=authority,
                remark=remark,
                proposed_form=cleaned.get("proposed_form", ""),
                proposed_other_form=cleaned.get("proposed_other_form", ""),
            )
        elif opinion == "leader_opinion":
            services.decide_row(case.pk, user, OPINION[agree], authority=authority, remark=remark)

    def proposed_form(self, case):
        row = SecrecyRow.objects.filter(submission_id=case.pk).first()
        if row is None or not row.reviewer_opinion or row.wanted_form == Form.WEB:
            return ""
        return row.wanted_form

    # --- what else may come of it ---

    def outcome(self, case, kind, user, authority, cleaned):
        remark = cleaned.get("remark", "")
        if kind == "refer":
            services.refer(case.pk, user, remark)
        elif kind == "quarantine":
            services.quarantine(case, user, remark)
        elif kind in ("on_request", "other_form"):
            services.decide_row(case.pk, user, Opinion.AGREE, authority=authority, remark=remark)

    def conclude(self, case, user, authority, cleaned):
        conclusion = services.conclude(
            case.pk, user, authority=authority, verdict=cleaned["verdict"], text=cleaned["text"]
        )
        if conclusion.verdict == SecrecyConclusion.Verdict.SECRET:
            submissions.end(case.submission, "quarantined", user)
            services.quarantine(case, user, conclusion.text)
            case.quarantined = True
            _stop_workflow(case, user)
        return conclusion

    def void_row(self, case, reason):
        services.void_row(case.pk, reason)

    # --- the seal ---

    def require_seal(self, case):
        services.require_seal(case.pk)

    def seal_on_paper(self, case, user, paper):
        services.seal_on_paper(case.pk, user, paper)

    def reopen_seal(self, case, remark):
        from review.cases import last_attempts

        checker = last_attempts(case.pk).order_by("-id").first()
        services.reject_seal(case.pk, checker.person_id, remark or _("The form was sent back."))

    # --- what the review page shows ---

    def row_panel(self, case, request):
        return render_to_string("secrecy/row_panel.html", row_context(case, request), request)

    def sheet_panel(self, case, request):
        return render_to_string("secrecy/sheet_panel.html", sheet_context(case, request), request)

    def seal_panel(self, case, request):
        context = sheet_context(case, request) | {"at_seal": True, "scan_form": forms.ScanForm()}
        return render_to_string("secrecy/sheet_panel.html", context, request)


def _prefixed(data, page):
    """The submission page sends prefixed names and every field; services give plain names and what differs."""
    prefix = f"{forms.RowForm.prefix}-"
    if any(name.startswith(prefix) for name in data):
        return data
    return {f"{prefix}{name}": value for name, value in (forms.prefilled_row(page) | dict(data)).items()}


def _stop_workflow(case, user):
    from wagtail.models import WorkflowState

    from review.acts.withdrawal import ACTIVE

    for state in WorkflowState.objects.filter(pk=case.workflow_state_id, status__in=ACTIVE):
        state.cancel(user=user)
