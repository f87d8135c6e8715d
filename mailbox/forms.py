"""The form of a letter to the government. Everything typed stays in it when something is wrong with it."""

from django import forms

from letters.forms import telephone, text_validators, unit_choices
from mailbox import wording


class LetterForm(forms.Form):
    use_required_attribute = False  # our own sentences, beside the field and for every reader

    box = forms.ChoiceField(label="写给", choices=wording.BOXES)
    kind = forms.ChoiceField(label="来信类型", choices=wording.KINDS)
    unit_code = forms.ChoiceField(
        label="涉及单位", required=False, help_text="不确定的可以不选，由区电子政务办公室转办。"
    )
    title = forms.CharField(label="标题", max_length=60)
    text = forms.CharField(label="来信内容", widget=forms.Textarea({"rows": 8}))
    name = forms.CharField(label="姓名", max_length=60)
    telephone = forms.CharField(label="联系电话", max_length=30)
    consent = forms.ChoiceField(label="来信与答复的选登", choices=[("", "请选择"), *wording.CONSENT])

    def __init__(self, *args, groups=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit_code"].choices = [("", "不选"), *unit_choices(groups)]
        for field in self.fields.values():
            field.error_messages["required"] = "请填写此项。"
        self.fields["text"].validators = text_validators()

    def clean_telephone(self):
        return telephone(self.cleaned_data["telephone"])
