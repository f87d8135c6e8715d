"""What each act must bring with it. The review page, Wagtail's own modal and `on_action` use the same forms.

`cleaned_data` stays JSON-serialisable, because Wagtail's edit view carries it through the browser as JSON;
it is cleaned again from there (`review.acts` trusts nothing).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from regulation.questions import NO, QUESTIONS, UNCLEAR, YES, judge
from review import reasons

TEXT = {"rows": 2, "maxlength": 1000}
FORM_AGREES = "审查表与信息内容核对一致"


class ActForm(forms.Form):
    """The base: a remark that later signatories read. `case` is None where Wagtail asks without one."""

    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs=TEXT)
    )

    def __init__(self, data=None, *args, case=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.case = case

    def detail(self):
        """What of this form is kept with the sign-off."""
        return {}


class RemarkRequiredForm(ActForm):
    remark = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs=TEXT | {"rows": 3})
    )


class ProposalForm(ActForm):
    """第十八条: the e-gov office says what it proposes and why; the gov office decides on these words."""

    remark = forms.CharField(
        label=_("What is proposed, and why"), max_length=1000, widget=forms.Textarea(attrs=TEXT | {"rows": 3})
    )


class QuestionOneForm(ActForm):
    """第十五条（一）, asked of the secrecy reviewer as well; never a default answer."""

    question_one = forms.ChoiceField(
        label="（一）" + QUESTIONS[0].text,
        choices=[(value, value) for value in (NO, YES, UNCLEAR)],
        widget=forms.RadioSelect,
    )

    def detail(self):
        return {"question_one": self.cleaned_data["question_one"]}


class ChecklistForm(ActForm):
    """The nine questions of Article 15, answered once per revision by the 审核 step."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self._add(question)
        self.order_fields([*(name for q in QUESTIONS for name in (f"answer_{q.number}", f"text_{q.number}"))])

    def _add(self, question):
        number, title = question.number, f"{question.label}{question.text}"
        if question.is_text:
            self.fields[f"text_{number}"] = forms.CharField(
                label=title,
                max_length=1000,
                widget=forms.TextInput(attrs={"placeholder": "无"}),
            )
            return
        self.fields[f"answer_{number}"] = forms.ChoiceField(
            label=title, choices=[(c, c) for c in question.choices], widget=forms.RadioSelect
        )
        self.fields[f"text_{number}"] = forms.CharField(
            label=_("Explanation"), required=False, max_length=1000, widget=forms.TextInput()
        )

    @property
    def answers(self):
        return {
            str(q.number): {
                "value": self.cleaned_data.get(f"answer_{q.number}", ""),
                "text": self.cleaned_data.get(f"text_{q.number}", ""),
            }
            for q in QUESTIONS
        }

    @property
    def judgement(self):
        return judge(self.answers, emergency=bool(self.case and self.case.route == "emergency"))

    def detail(self):
        exceptions = [
            {
                "number": finding.number,
                "question": finding.question,
                "answer": finding.answer,
                "text": finding.text,
                "consequence": str(finding.consequence or ""),
            }
            for finding in self.judgement.exceptions
        ]
        return {"answers": self.answers, "exceptions": exceptions}

    def rows(self):
        """Question by question for the template: (question, answer field or None, text field)."""
        for question in QUESTIONS:
            name = f"answer_{question.number}"
            answer = self[name] if name in self.fields else None
            yield question, answer, self[f"text_{question.number}"]


class ReviewForm(ChecklistForm):
    """The checklist; on routes (4) to (6) the e-gov office's review compares the form with the text as well."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.case is not None and self.case.form_is_checked:
            self.fields["form_agrees"] = forms.BooleanField(label=FORM_AGREES)

    def detail(self):
        agrees = {"form_agrees": True} if "form_agrees" in self.fields else {}
        return super().detail() | agrees


class LeaderForm(ActForm):
    """The leader signs; where the checklist names a statutory basis for harm, with his reason."""

    def clean(self):
        cleaned = super().clean()
        asked = "remark" in self.fields and self.case is not None
        if asked and needs_leader_reason(self.case) and not cleaned.get("remark"):
            self.add_error(
                "remark", _("The reviewer named a statutory basis under question four: give your reason.")
            )
        return cleaned


class CheckForm(ActForm):
    """Article 13: the e-gov office compares the form with that very text."""

    form_agrees = forms.BooleanField(label=FORM_AGREES)

    def detail(self):
        return {"form_agrees": True}


class ReturnForm(ActForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=reasons.RETURN_REASONS)
    remark = forms.CharField(
        label=_("What has to be changed"), max_length=1000, widget=forms.Textarea(attrs=TEXT | {"rows": 3})
    )

    def detail(self):
        return {"reason": self.cleaned_data["reason"]}


class ReopenForm(ReturnForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=reasons.FORM_REASONS)
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs=TEXT)
    )


class TakeDownForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason shown to the public"), choices=reasons.TAKE_DOWN_REASONS)
    remark = forms.CharField(
        label=_("Internal explanation"), max_length=1000, widget=forms.Textarea(attrs=TEXT | {"rows": 3})
    )


class DecideTakeDownForm(forms.Form):
    remark = forms.CharField(
        label=_("Explanation"), required=False, max_length=1000, widget=forms.Textarea(attrs=TEXT)
    )


def needs_leader_reason(case):
    """Whether a reviewer's answer to 四 leaves the decision, with its reason, to the leader."""
    return any(e.get("consequence") == "leader_reason" for e in exceptions_of(case))


def exceptions_of(case):
    """What earlier signatories answered other than wanted, oldest first."""
    from publication.models import SignOff

    rows = SignOff.objects.filter(submission_id=case.pk, decision="agree").order_by("id")
    return [exception for detail in rows.values_list("detail", flat=True) for exception in _listed(detail)]


def _listed(detail):
    return (detail or {}).get("exceptions") or []
