"""The rules as one table: what a finding of each is called, how grave it is, what to do, and which article.

The sentences are kept with submissions and signatures as evidence, so they are Chinese here and not translated.
"""

from dataclasses import dataclass

from checks.findings import Level

STOP, BLOCK, WARN, EXPLAIN = Level.STOP, Level.BLOCK, Level.WARN, Level.EXPLAIN
#: Raised with every change of what the rules find; stored with each submission.
VERSION = "2026.11.1"

MASK, REMOVE = "mask", "remove"


@dataclass(frozen=True)
class Rule:
    code: str
    title: str
    level: str
    article: str
    message: str
    suggestion: str
    fix: str = ""
    secret: bool = False  # the excerpt is never shown


TABLE = (
    # 词库
    Rule("word.fatal", "严重错误用词", BLOCK, "16", "出现严重错误用词。", "请改正。"),
    Rule("word.typo", "疑似错别字", WARN, "16", "疑似错别字。", "请核对后改正。"),
    Rule("word.wording", "不宜用语", EXPLAIN, "16", "用语不规范。", "请斟酌改用规范表述。"),
    Rule("word.name", "机构、地名不规范", WARN, "16", "名称与规范名称不一致。", "请使用规范名称。"),
    Rule("word.leader", "领导姓名职务", WARN, "16", "姓名、职务与词库登记不一致。", "请核对任职时间和职务全称。"),
    Rule("word.leader_order", "领导排序", WARN, "16", "领导姓名排列与登记顺序不一致。", "请核对排序。"),
    Rule("word.secret", "涉密字样", STOP, "13", "出现密级标志或者内部控制字样。",
         "停止提交，提请本单位保密工作机构审查；确属涉密的不得在本系统存放，立即按封存程序处置。"),
    Rule("secret.marking", "密级标志", STOP, "13", "出现国家秘密标志的书写形式。",
         "停止提交，提请本单位保密工作机构审查；确属涉密的不得在本系统存放，立即按封存程序处置。"),
    # 个人信息
    Rule("person.id18", "居民身份证号码", BLOCK, "15(4)", "出现完整的居民身份证号码（校验位正确）。", "请遮盖后公开。", MASK, True),
    Rule("person.id15", "15位身份证号码", BLOCK, "15(4)", "出现疑似15位身份证号码。", "请遮盖后公开。", MASK, True),
    Rule("person.mobile", "手机号码", BLOCK, "15(4)", "出现完整的手机号码。", "请遮盖，或者改用单位办公电话。", MASK, True),
    Rule("person.landline", "固定电话", EXPLAIN, "15(4)", "出现固定电话号码。", "请确认是单位办公电话；住宅电话应当遮盖。", MASK, True),
    Rule("person.home_phone", "个人固定电话", BLOCK, "15(4)", "出现个人固定电话号码。", "请遮盖后公开。", MASK, True),
    Rule("person.card", "银行卡号", BLOCK, "15(4)", "出现银行卡号（校验位正确）。", "请遮盖后公开。", MASK, True),
    # 夹带内容
    Rule("debris.seal", "电子印章数据", BLOCK, "13", "夹带编码的电子印章对象，解码后含印章所有者、密钥序号、内网地址等信息。",
         "请移除；印章图样应当另行制作。", REMOVE, True),
    Rule("debris.code", "成段编码", BLOCK, "13", "出现成段的编码文字，内容无法审读。", "请移除。", REMOVE, True),
    Rule("debris.field", "文字处理软件残留", WARN, "16", "残留文字处理软件的域代码或者样式代码。", "请删除。", REMOVE),
    Rule("file.macro", "宏代码", BLOCK, "13", "文件含有宏代码。", "请另存为不含宏的文件。", REMOVE),
    Rule("file.revision", "修订痕迹", BLOCK, "13", "文件含有未接受的修订，删去的内容仍可读出。", "请接受或者拒绝全部修订。", REMOVE),
    Rule("file.comment", "批注", BLOCK, "13", "文件含有批注。", "请删除批注。", REMOVE),
    Rule("file.hidden", "隐藏内容", BLOCK, "13", "文件含有隐藏的文字、行列或者工作表。", "请删除隐藏内容。", REMOVE),
    Rule("file.author", "作者信息", EXPLAIN, "13", "文件属性含有作者、单位或者最后保存者。", "建议清除文件属性。", REMOVE),
    Rule("file.embedded", "内嵌文件", BLOCK, "13", "文件内嵌其他文件或者对象。", "请删除内嵌对象，需要公开的另行上传。", REMOVE),
    Rule("file.script", "脚本", BLOCK, "21", "文件含有自动执行的脚本或者动作。", "请重新导出不含脚本的文件。"),
    Rule("file.external", "外部引用", WARN, "13", "文件引用外部地址的模板或者内容。", "请断开链接后重新保存。"),
    Rule("file.location", "照片位置信息", BLOCK, "15(4)", "照片含有拍摄地点的坐标。", "请清除位置信息。", REMOVE),
    Rule("file.camera", "照片设备信息", EXPLAIN, "15(4)", "照片含有作者或者设备信息。", "建议清除。", REMOVE),
    Rule("file.unreadable", "文件无法检查", BLOCK, "15", "文件损坏或者加密，内容无法审读。", "请换用可以正常打开、未加密的文件。"),
    Rule("file.partly", "文件过长", WARN, "15", "文件过长，只检查了前面部分。", "请人工核对其余部分。"),
    # 链接
    Rule("link.mismatch", "链接与显示不符", BLOCK, "16", "显示的网址与实际链接的域名不同。", "请改正链接。"),
    Rule("link.malformed", "链接格式错误", WARN, "16", "链接格式错误。", "请改正链接。"),
    Rule("link.short", "短链接", WARN, "16", "使用短链接，真实去向不明。", "请换成完整网址。"),
    Rule("link.foreign", "境外链接", EXPLAIN, "16", "链接指向境外或者非政府网站。", "请确认确有必要，去向安全。"),
    Rule("link.address", "链接指向数字地址", WARN, "16", "链接直接使用数字地址或者夹带用户名。", "请换成域名网址。"),
    Rule("link.dead", "失效链接", WARN, "16", "链接已失效。", "请更换或者删除。"),
    # 数据、图片、格式
    Rule("figure.source", "数据无来源", WARN, "15(8)", "引用统计数据而未说明来源。", "请注明数据来源。"),
    Rule("alt.empty", "缺少替代文字", EXPLAIN, "16", "图片没有替代文字。", "装饰图片可以留空，其他图片请用一句话说明画面。"),
    Rule("alt.name", "替代文字无意义", WARN, "16", "替代文字像是文件名或者占位文字。", "请用一句话说明画面。"),
    Rule("date.impossible", "日期不存在", WARN, "16", "日期或者时间不存在。", "请核对。"),
    Rule("date.weekday", "星期不符", WARN, "16", "日期与星期不符。", "请核对。"),
    Rule("date.format", "日期写法", EXPLAIN, "16", "日期写法不规范。", "公文日期用阿拉伯数字写全年、月、日。"),
    Rule("number.format", "数字写法", WARN, "16", "数字写法不规范。", "请按《出版物上数字用法》改正。"),
    Rule("number.document", "文号写法", WARN, "16", "发文字号写法不规范。", "年份用六角括号〔〕，序号不编虚位、不加“第”字。"),
    Rule("text.punctuation", "标点", WARN, "16", "标点重复或者不配对。", "请改正。"),
    Rule("text.repeat", "重复文字", WARN, "16", "文字疑似重复。", "请核对。"),
)  # fmt: skip
RULES = {rule.code: rule for rule in TABLE}
