"""The form of 依申请公开 (政府信息公开条例 Article 29): who asks, for what, and how he wants to get it.

Everything typed stays in the form when something is wrong with it.
"""

import re

from django import forms
from django.core.validators import (
    MaxLengthValidator,
    MinLengthValidator,
    ProhibitNullCharactersValidator,
)

from checks.personal import is_id18
from letters import wording

SHORTEST, LONGEST = 6, 2000
ID18 = re.compile(r"\d{17}[\dXx]")
TELEPHONE = re.compile(r"[+]?[0-9][0-9 -]{5,28}[0-9]")


class RequestForm(forms.Form):
    use_required_attribute = False  # our own sentences, beside the field and for every reader

    unit_code = forms.ChoiceField(label="受理单位")
    applicant_kind = forms.ChoiceField(label="申请人", choices=wording.APPLICANTS)
    name = forms.CharField(label="姓名或者名称", max_length=60)
    paper_kind = forms.ChoiceField(label="证件名称", choices=wording.PAPERS)
    paper_number = forms.CharField(label="证件号码", max_length=40)
    telephone = forms.CharField(label="联系电话", max_length=30)
    email = forms.EmailField(label="电子邮箱", max_length=120, required=False)
    address = forms.CharField(label="邮寄地址", max_length=150, required=False)
    wanted = forms.CharField(
        label="所需政府信息的内容描述",
        widget=forms.Textarea({"rows": 6}),
        help_text="请写明名称、文号或者便于查询的其他特征；一事一申请。",
    )
    medium = forms.ChoiceField(label="信息形式", choices=wording.MEDIA)
    way = forms.ChoiceField(label="获取方式", choices=wording.WAYS)

    def __init__(self, *args, groups=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit_code"].choices = [("", "请选择"), *unit_choices(groups)]
        for field in self.fields.values():
            field.error_messages["required"] = "请填写此项。"
        self.fields["wanted"].validators = text_validators()

    def clean_telephone(self):
        return telephone(self.cleaned_data["telephone"])

    def clean(self):
        data = super().clean()
        number = data.get("paper_number", "")
        if (
            data.get("paper_kind") == "identity"
            and number
            and not (ID18.fullmatch(number) and is_id18(number))
        ):
            self.add_error("paper_number", "居民身份证号码有误，请核对 18 位号码。")
        for way, name, sentence in (
            ("email", "email", "选择电子邮件获取的，请填写电子邮箱。"),
            ("post", "address", "选择邮寄获取的，请填写邮寄地址。"),
        ):
            if data.get("way") == way and name not in self.errors and not data.get(name):
                self.add_error(name, sentence)
        return data


class StateForm(forms.Form):
    use_required_attribute = False

    number = forms.CharField(label="申请编号", max_length=20)
    code = forms.CharField(label="查询码", max_length=20)

    def __init__(self, *args, number="申请编号", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].label = number


def unit_choices(groups) -> list[tuple]:
    """Units under the headings of the home page, by their codes."""
    return [
        (group["title"], [(code_in(unit["path"]), unit["title"]) for unit in group["units"]])
        for group in groups
    ]


def text_validators() -> list:
    return [
        MinLengthValidator(SHORTEST, f"请写得具体一些，至少 {SHORTEST} 个字。"),
        MaxLengthValidator(LONGEST, f"请写在 {LONGEST} 个字以内。"),
        ProhibitNullCharactersValidator("有不能显示的字符，请重新输入。"),
    ]


def telephone(number: str) -> str:
    if not TELEPHONE.fullmatch(number):
        raise forms.ValidationError("请填写电话号码，例如 0851-33000000。")
    return number


def code_in(path: str) -> str:
    """The unit's code in the address of its face, /units/<code>/."""
    return path.strip("/").rpartition("/")[2]
