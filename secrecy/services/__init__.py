"""One service per verb of Article 13. Screens, the desk of `review`, the demo and the tests all come through here.

open_row, carry_row   the author fills in the row; a new route carries it over
review_row            同意 / 不同意 of 工作机构或者人员
decide_row            同意 / 不同意 of 主管领导, the form of publication included
void_row              the text changes: that row only is void
refer, conclude       note 4: the unit's secrecy body, in writing
quarantine, decide_quarantine
destroying            propose, decide, witness: what was confirmed as secret is destroyed before two witnesses
form_sheet            生成审查表
record_scan, record_electronic_seal, seal_on_paper, reject_seal, require_seal
"""

from secrecy.services.body import conclude, refer
from secrecy.services.quarantining import decide_quarantine, quarantine, require_open
from secrecy.services.rows import carry_row, decide_row, open_row, review_row, row_of, void_row
from secrecy.services.seals import (
    record_electronic_seal,
    record_scan,
    reject_seal,
    require_seal,
    seal_on_paper,
)
from secrecy.services.sheets import form_sheet, sheet_of

__all__ = [
    "carry_row",
    "conclude",
    "decide_quarantine",
    "decide_row",
    "form_sheet",
    "open_row",
    "quarantine",
    "record_electronic_seal",
    "record_scan",
    "refer",
    "reject_seal",
    "require_open",
    "require_seal",
    "review_row",
    "row_of",
    "seal_on_paper",
    "sheet_of",
    "void_row",
]
