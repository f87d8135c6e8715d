"""非网站公开的登记: what units publish on paper, by answer or by loudspeaker has its row of the table too (note 2)."""

from demo.people import People
from secrecy.models.rows import Form, Source
from secrecy.services import offweb

#: unit, department, name, form of publication, how where it is another one, how far: filled in, reviewed, decided
ROWS = (
    ("linye", "防火办", "森林防火宣传单（演示数据）", Form.OTHER, "入户发放纸质宣传单", "decided"),
    ("nongye", "种植业股", "秋冬种技术要点广播稿（演示数据）", Form.OTHER, "村广播播出", "reviewed"),
    ("minzheng", "社会救助股", "临时救助办理情况的书面答复（演示数据）", Form.ON_REQUEST, "", "filled"),
)


def run(people: People) -> None:
    for unit, department, name, form, how, far in ROWS:
        filled = offweb.fill(
            people.unit(unit),
            people.at(unit, "author"),
            department=department,
            name=name,
            source=Source.OWN,
            form=form,
            other_form=how,
        )
        if far != "filled":
            offweb.review(filled, people.at(unit, "secrecy_reviewer"), agree=True)
        if far == "decided":
            offweb.decide(filled, people.at(unit, "supervising_leader"), agree=True, remark="同意。")
