"""Of the names that stand where an issuer's own belongs, those that no name of the issuer can stand for."""

from __future__ import annotations

import polars as pl

from flags.issuer_names import HAN, SHAPE
from flags.rule import Corpus

_NOT_A_NAME = (
    r"按照|根据|落实|贯彻|围绕|通过|关于|领导|各|全(?:局|县|市|区|旗|镇|乡|体|面)|我|本|其|了|相关|有关|上级|要求|的|与|由|向|在|是|等|"
    r"及时|进一步|积极|加强|强化|深化|优化|完善|健全|发挥|提升|为|以|和谐|让|使|将|把|对|政府网|网站|公众号|平台|单位|部门|领导小组|从|依申请|申请|主动|公开|信息|开展|做好|是否"
)
_SUPERIOR = (
    r"(?:省|市|县|区|旗|盟|州|^)(?:人民)?政府(?:办公[室厅]|办)?$|党委|[省市县区旗盟州]委(?:员会)?(?:办公室)?$|国务院|政务服务|大数据|行政审批|"
    r"政务公开|信息中心|融媒体|网信|电子政务|政府办|信息化中心|档案"
)
"""Who may be named beside the issuer: the level above, and those who run the platform or lead the work."""

_SUBORDINATE_ENDS = (
    r"(?:中心|医院|学院|研究院|管理处|服务处)$",
    r"[大支]队$",
    r"(?:镇|乡|苏木|街道)$",
)
"""Bodies that an agency of another kind may have under it."""

_UNNAMED_OFFICE = (
    r"^[省市县区旗州盟]?(分局|局|厅|署|委员会|管委会|委|中心|[总支大]队|公司|站|所|院|馆|处|镇|乡|街道|苏木|园区|开发区)"
    r"(?:机关|党委|党工委|党政|综合|行政)*办公室$"
)
_MAY_BE_BELOW = r"^(?:分局|中心|.队|公司|站|所|院|馆|处)$"
"""请与中心办公室联系: an office of whoever writes, or of a body under it, and of no other."""
_INNER_OFFICE = r"^(?:机关|党政|党务|党群|党建|行政|综合|文秘|秘书|社会事务|经济发展|公共服务|平安建设)+办公室$"
"""What an office inside an agency or a town is called, without saying of which."""

_KIND_OF_BODY = (
    r"(?:管理委员会|委员会|人民政府办公室|人民政府|政府办公室|政府办|政府|办事处|办公室|"
    r"分局|局|厅|委|中心|支队|大队|处)+$"
)
_ANY_ZONE = (
    r"^(?:高新|经开|开发|工业|产业|新|示范|园|度假|景|管理|高新产业|高新技术产业开发|经济开发|经济技术开发|产业园|工业园|经济)区?"
    r"(?:党工委)?(?:管理委员会|管委会)$"
)
_OF_A_ZONE = r"(?:区|园)(?:党工委)?(?:管理委员会|管委会)"
"""A zone calls itself after its kind, 高新区管委会, whatever its name."""
_BEFORE_A_NAME = (
    r"^(?:一年来|近年来|全年|本年度?|今年以来|今年|当年|报告期内|另外|此外|同时|其中|其次|首先|截[至止]目前|目前|"
    r"特(?:此|将|编制|公布|发布|公开|制定|制作|向社会公布)|成立|设立|组建|建立|调整|印发|制定|制发|出台|修订|对照|参照|遵照|依照|依据|现将|现|将|由|请|原|了|完成|形成|年度|年|度|公布|公开|发布|编制|并|结合|全文|主要|内容|包括|包含)+"
)
_KIND_OF_PLACE = r"^(?:(市[场容域]|市政[^府务法协])|[省市县区旗盟州])"
"""What is left of a place in front of its agency: 市教育局; the market of 市场监督管理局 is none."""

_OF_GOVERNMENT = r"^(?:人民)?政府([^办机政].+)"
"""The government that an agency is of: 自治区政府国资委."""

_BRANCH_FIRST = rf"^(?:{HAN}{{2,}}?[省市州盟县])?({HAN}{{2,12}})局({HAN}{{2,16}})分局$"
"""A bureau and where its branch is, 某市公安局高新区分局, which is also called 高新区公安分局."""

_RENAMED = (
    ("国土", "自然资源"),
    ("工商", "市场监督"),
    ("质量技术监督", "市场监督"),
    ("质监", "市场监督"),
    ("食品药品", "市场监督"),
    ("卫生和计划生育", "卫生健康"),
    ("卫计", "卫生健康"),
    ("环境保护", "生态环境"),
    ("环保", "生态环境"),
    ("扶贫", "乡村振兴"),
    ("安全生产监督", "应急管理"),
    ("安监", "应急管理"),
    ("农牧业", "农牧"),
    ("农业", "农"),
    ("文化广电", "文"),
    ("旅游", "旅"),
    ("林业", "林"),
    ("规划", "自然资源"),
    ("经济和信息化", "工"),
    ("粮食", "发展"),
    ("医疗保障", "医保"),
)
"""Names that agencies had before the reforms of 2018 and after; the former name is not another agency's."""

_SHORT_IN_ANY_ORDER = 4
_PLACE_KIND = r"(?:维吾尔|壮族|回族|蒙古族|藏族|苗族|彝族|侗族|土家族|布依族|满族)*(?:自治)?[省市县区旗盟州]$"
_PEOPLES = (
    "藏|彝|苗|侗|白|傣|壮|羌|回|土家|布依|哈尼|傈僳|景颇|朝鲜|蒙古|哈萨克|柯尔克孜|满|瑶|黎|畲|水|土|佤|怒|京|仡佬|仫佬|毛南|"
    "拉祜|纳西|布朗|独龙|普米|撒拉|保安|东乡|裕固|锡伯|塔吉克|达斡尔|鄂温克|鄂伦春|各"
)
_OF_PEOPLES = rf"(?:(?:{_PEOPLES})族?)+(自治[州县旗])$"
"""凉山彝族自治州 is 凉山州 in most names, 关岭布依族苗族自治县 is 关岭自治县."""

_PLACES = ("province", "prefecture", "county")


def strangers(corpus: Corpus, reports: pl.LazyFrame, named: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of `named` (columns of `SHAPE`) whose name is another agency's, or the same agency's of another region.

    `reports` has `report_id`, `issuer_id`, `issuer`, `issuer_kind`, `township` and the names of the region.
    """
    beside = _beside_own_names(corpus, reports, named)
    if beside.is_empty():
        return beside.select(SHAPE).lazy()  # as of most single reports: to plan all that follows would take longer
    return (
        _with_cores(beside.lazy())
        .with_columns(_is_strange().fill_null(False).alias("stranger"))
        .group_by("candidate", maintain_order=True)
        .agg(pl.col("stranger").all(), *(pl.col(each).first() for each in SHAPE))
        .filter("stranger")
        .select(SHAPE)
    )


def _beside_own_names(corpus: Corpus, reports: pl.LazyFrame, named: pl.LazyFrame) -> pl.DataFrame:
    """A row for each name found (`candidate`) and each name of the issuer (`own`)."""
    about = reports.select("report_id", "issuer_id", "issuer", "issuer_kind", *_PLACES, "township")
    name = pl.col("name")
    candidates = (
        named.with_columns(name.str.replace(_BEFORE_A_NAME, "").alias("name"))
        .filter(~name.str.contains(_NOT_A_NAME) & (name.str.len_chars() >= 3))
        .join(about, on="report_id", maintain_order="left")
        .filter(~pl.col("issuer").str.contains(name, literal=True))
    )
    now = pl.concat_list("issuer", pl.col("issuer").str.replace(_BRANCH_FIRST, "${2}${1}分局"))
    own_names = pl.concat_list(now, pl.col("names").fill_null([])).list.unique(maintain_order=True)
    return (
        candidates.join(corpus.issuers.select("issuer_id", "names"), on="issuer_id", how="left", maintain_order="left")
        .with_row_index("candidate")
        .with_columns(own_names.alias("own"))
        .explode("own", keep_nulls=False, empty_as_null=False)
        .collect()
    )


def _with_cores(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Both names without the region (`found_core`, `own_core`), and without its kind (`found_short`, `own_short`)."""
    both = frame.with_columns(pl.col("name").alias("found_core"), pl.col("own").alias("own_core"))
    found_short = pl.col("found_core").str.replace(_KIND_OF_PLACE, "${1}").str.replace(_OF_GOVERNMENT, "${1}")
    own_short = pl.col("own_core").str.replace(_KIND_OF_PLACE, "${1}")
    return _without_places(both, ("found_core", "own_core")).with_columns(
        found_short.alias("found_short"), own_short.alias("own_short")
    )


def _is_strange() -> pl.Expr:
    """Whether the name found is not the one beside it, nor of one who may be named.

    A county's government is told from another county's; what it says of its own agencies is its own affair.
    """
    unlike = ~_is_kin() & ~_is_former() & (pl.col("found_core").str.len_chars() >= 3)
    return (
        pl.when(pl.col("issuer_kind") == "government")
        .then(_is_another_countys_government())
        .otherwise(~_is_superior() & ~_is_subordinate() & ~_is_unnamed_office() & (_is_elsewhere() | unlike))
    )


def _is_kin() -> pl.Expr:
    """Whether one name is short for the other."""
    short = pl.any_horizontal(
        [
            _abbreviates(pl.col(a), pl.col(b)) | _abbreviates(pl.col(b), pl.col(a))
            for a in ("found_core", "found_short")
            for b in ("own_core", "own_short")
        ]
    )
    return short | (pl.col("found_short").str.contains(_ANY_ZONE) & pl.col("own").str.contains(_OF_A_ZONE))


def _is_former() -> pl.Expr:
    """Whether the name found is one that the agency had before a reform."""
    return pl.any_horizontal(
        [
            pl.col("found_core").str.contains(old, literal=True) & pl.col("own").str.contains(new, literal=True)
            for old, new in _RENAMED
        ]
    )


def _is_elsewhere() -> pl.Expr:
    """Whether it is the same agency of another region: a place that is not the issuer's stands in front of its name."""
    county = pl.col("county")
    place = _in_front_of(pl.col("own_short"), pl.col("found_core"))
    other = place.str.contains(rf"^{HAN}{{2,}}(?:县|市|区|旗|盟|州|省|镇|乡|街道|苏木)$").fill_null(False)
    other &= ~_shortens(place, county).fill_null(False)
    twice = place.str.ends_with(county) & (county != "")  # 阿右旗阿拉善右旗教育体育局
    first = place.str.head(place.str.len_chars() - county.str.len_chars())
    other &= ~(twice & _shortens(first, county)).fill_null(False)
    return other | _is_of_another_county()


def _is_of_another_county() -> pl.Expr:
    """Whether a county that is not the issuer's stands before the agency's name, be it named after the prefecture."""
    place = _in_front_of(pl.col("own_short"), pl.col("name"))
    above = [pl.col("province"), pl.col("prefecture"), pl.concat_str("province", "prefecture")]
    own = pl.any_horizontal([place == each for each in above]) | place.str.ends_with(pl.col("county"))
    own |= _shortens(place, pl.col("county"))
    return (place.str.contains(rf"^{HAN}{{2,}}[县市区旗]$") & (pl.col("county") != "") & ~own).fill_null(False)


def _is_another_countys_government() -> pl.Expr:
    county = pl.col("county")
    place = pl.col("found_core").str.extract(rf"^({HAN}{{2,}}[县市区旗])(?:人民)?政府", 1)
    return place.is_not_null() & (county != "") & ~_shortens(place, county).fill_null(False)


def _is_superior() -> pl.Expr:
    """Whether it is one above the issuer, of its own region; to a town another town is none."""
    town = r"(?:镇|乡|苏木)(?:人民)?政府"
    name, of_towns = pl.col("name"), pl.col("own").str.contains(f"{town}$") & pl.col("name").str.contains(town)
    return name.str.contains(_SUPERIOR) & ~_is_elsewhere() & ~of_towns


def _is_subordinate() -> pl.Expr:
    """Whether it is a body that an agency of another kind may have under it."""
    return pl.any_horizontal(
        [pl.col("name").str.contains(end) & ~pl.col("own").str.contains(end) for end in _SUBORDINATE_ENDS]
    )


def _is_unnamed_office() -> pl.Expr:
    """Whether it is an office of a kind of body that the issuer is, or may have under it, without a name of its own."""
    name = pl.col("name")
    body = name.str.extract(_UNNAMED_OFFICE, 1)
    own = pl.col("own").str.replace("管理委员会$", "管委会")
    of_its_kind = body.str.contains(_MAY_BE_BELOW) | own.str.contains(body, literal=True)
    return name.str.contains(_INNER_OFFICE) | of_its_kind.fill_null(False)


def _in_front_of(agency: pl.Expr, name: pl.Expr) -> pl.Expr:
    """What stands in front of an agency at the end of a name; null where the name ends otherwise."""
    return pl.when(name.str.ends_with(agency)).then(name.str.head(name.str.len_chars() - agency.str.len_chars()))


def _without_places(frame: pl.LazyFrame, columns: tuple[str, ...]) -> pl.LazyFrame:
    """Names without the issuer's own province, prefecture and county in front, in full or without their kind."""
    frame = frame.with_columns(pl.col(place).fill_null("") for place in _PLACES).with_columns(
        pl.col("prefecture").str.replace(_OF_PEOPLES, "州").alias("usual prefecture"),
        pl.col("county").str.replace(_OF_PEOPLES, "${1}").alias("usual county"),
        *(pl.col(place).str.replace(_PLACE_KIND, "").alias(f"short {place}") for place in _PLACES),
    )
    for place in [*_PLACES, "usual prefecture", "usual county", *(f"short {place}" for place in _PLACES)] * 2:
        begins = pl.col(place).str.len_chars() >= 2
        frame = frame.with_columns(
            pl.when(begins & pl.col(column).str.starts_with(pl.col(place)))
            .then(pl.col(column).str.slice(pl.col(place).str.len_chars()))
            .otherwise(pl.col(column))
            .alias(column)
            for column in columns
        )
    return frame


def _shortens(short: pl.Expr, long: pl.Expr) -> pl.Expr:
    """Whether all characters of `short` stand in `long` in their order, the first and the last at its ends: 西乌旗."""
    pattern = pl.concat_str(
        pl.lit("^"), short.str.replace_all(r"(\p{Han})", "${1}.*").str.strip_suffix(".*"), pl.lit("$")
    )
    return long.str.contains(pattern)


def _abbreviates(short: pl.Expr, long: pl.Expr) -> pl.Expr:
    """Whether the characters of `short`, but for the kind of body, all stand in `long`: a few in their order.

    国家电力监管委员会华北监管局 calls itself 华北电监局.
    """
    bare = short.str.replace(_KIND_OF_BODY, "").str.replace_all(r"[和与及、]", "")
    pattern = bare.str.replace_all(r"(\p{Han})", "${1}.*").str.replace_all(r"[^\p{Han}.*]", "")
    in_order = long.str.contains(pattern)
    anywhere = bare.str.extract_all(r"\p{Han}").list.set_difference(long.str.extract_all(r"\p{Han}")).list.len() == 0
    return (bare.str.len_chars() >= 1) & (in_order | ((bare.str.len_chars() >= _SHORT_IN_ANY_ORDER) & anywhere))
