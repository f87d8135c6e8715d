"""The words of the form and of the record, as 政府信息公开条例 has them; read by the public process too."""

APPLICANTS = (("citizen", "公民"), ("organisation", "法人或者其他组织"))
PAPERS = (
    ("identity", "居民身份证"),
    ("passport", "护照"),
    ("credit_code", "统一社会信用代码"),
    ("other", "其他"),
)
MEDIA = (("paper", "纸质"), ("electronic", "电子文件"))
WAYS = (("email", "电子邮件"), ("post", "邮寄"), ("person", "当面领取"))
STEPS = (
    ("accepted", "登记受理"),
    ("asked", "告知补正"),
    ("completed", "收到补正"),
    ("extended", "延长答复期限"),
    ("answered", "已答复"),
    ("closed", "终止办理"),
)
RESULTS = (
    ("open", "予以公开"),
    ("partly", "部分公开"),
    ("refused", "不予公开"),
    ("not_held", "无法提供"),
    ("not_handled", "不予处理"),
    ("other", "其他处理"),
)
RECEIVED = "已提交，待登记"
