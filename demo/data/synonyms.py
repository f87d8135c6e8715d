"""Words of one meaning with which the search begins; the e-gov office goes on with them in the admin."""

SYNONYMS = (
    "医保，医疗保险",
    "社保，社会保险",
    "低保，最低生活保障",
    "公租房，公共租赁住房",
    "公积金，住房公积金",
    "身份证，居民身份证",
    "户口，户籍",
    "招生，入学",
    "停水，供水中断",
    "养老金，养老保险待遇",
    "农民工，进城务工人员",
    "村委会，村民委员会",
    "区政府办，区人民政府办公室",
    "卫计局，卫生和计划生育局",
)
