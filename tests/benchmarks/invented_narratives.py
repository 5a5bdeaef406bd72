"""Invented narratives for judging and timing the wording rules: template-like, yet each with facts of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

SURNAMES = "青白赤金银石沙柳松杨梅兰竹菊桃李杏枫桐槐榆云雨风雪霜月星河江湖溪泉潭"
ENDINGS = "山河岭川原坪滩湾沟堡集寨店坡塘庄"
LEVELS = ("县", "区", "市", "旗")

FIELDS: dict[str, tuple[str, ...]] = {
    "教育局": ("学区划片", "课后托管", "营养餐招标", "教师轮岗", "校车线路", "民办园收费"),
    "林业局": ("退耕还林", "林权登记", "古树挂牌", "护林员选聘", "采伐指标", "苗木补贴"),
    "水利局": ("河长巡河", "灌区轮灌", "饮水水质", "采砂许可", "水库蓄水", "水费公示"),
    "民政局": ("低保复核", "高龄津贴", "殡葬收费", "地名更名", "临时救助", "养老床位"),
    "农牧局": ("粮种抽检", "农机补贴", "疫苗接种", "撂荒地整治", "奶源检测", "秸秆还田"),
    "交通运输局": ("公交改线", "治超检测", "客运班次", "桥梁限载", "农村公路", "网约车许可"),
    "卫生健康委员会": ("村医考核", "疫苗到货", "床位公示", "饮水卫生", "托育备案", "职业病体检"),
    "住房和城乡建设局": ("维修基金", "老楼加梯", "燃气换管", "公租房摇号", "招标控制价", "物业评级"),
    "自然资源局": ("宅基地批复", "征地补偿", "矿权公告", "不动产登记", "土地供应", "规划公示"),
    "应急管理局": ("隐患挂牌", "避难场所", "烟花零售点", "事故报告", "防汛值守", "救灾物资"),
    "文化和旅游局": ("非遗名录", "书屋更新", "景区限流", "演出审批", "导游年审", "文物修缮"),
    "市场监督管理局": ("抽检结果", "特种设备", "价格约谈", "商标帮办", "餐饮评级", "计量检定"),
    "公安局": ("户籍窗口", "交通标线", "犬只登记", "反诈劝阻", "赌博查处", "出入境预约"),
    "体育局": ("健身路径", "体育彩票公益金", "场馆开放", "赛事安保", "教练员注册", "青训选拔"),
    "镇人民政府": ("村账公示", "危房改造", "垃圾清运", "村道硬化", "耕地流转", "低保评议"),
    "街道办事处": ("楼道清理", "停车划线", "网格调整", "适老改造", "小区议事", "噪声调解"),
}
HABITS = ("赶集日", "早市散场后", "放学时段", "秋收前", "汛期来临前", "供暖前", "年检高峰", "换届之后")
PLACES = (
    "文化站",
    "老供销社",
    "铁路桥下",
    "二中门口",
    "医院北墙",
    "河堤广场",
    "旧粮库",
    "客运站",
    "农贸大棚",
    "水塔旁",
)
MEANS = ("大喇叭", "流动展板", "磁力公示牌", "语音电话", "口袋折页", "方言短视频", "院坝夜谈", "自助打印机")
WHO = ("退休教师", "楼栋长", "放水员", "护林队", "出租车司机", "快递小哥", "志愿律师", "返乡学生", "老兽医", "会计")

OPENINGS = (
    "{year}年，{us}认真贯彻落实政府信息公开条例，扎实推进各项公开工作。",
    "{us}高度重视政府信息公开工作，切实加强组织领导，明确责任分工。",
    "{year}年{us}坚持以公开为常态、不公开为例外，不断提高工作透明度。",
    "一年来，{us}紧紧围绕中心工作，持续深化政务公开。",
    "{us}把政务公开作为转变作风、服务群众的重要抓手，有序推进。",
    "按照上级部署，{us}进一步规范政府信息公开工作，取得一定成效。",
)
STOCK: dict[str, tuple[str, ...]] = {
    "active": (
        "及时更新网站栏目，确保信息真实准确。",
        "不断丰富公开内容，努力满足群众知情需求。",
        "严格按照目录要求，做到应公开尽公开。",
        "聚焦社会关切，加大重点领域信息公开力度。",
        "积极拓宽公开渠道，提升信息传播效果。",
        "坚持问题导向，着力提升主动公开的质量和水平。",
        "加强政策解读，以通俗易懂的方式回应群众关切。",
    ),
    "management": (
        "严格落实保密审查制度，确保公开信息安全。",
        "明确专人负责信息审核发布，层层把关。",
        "健全信息发布机制，规范审核流程。",
        "坚持先审后发，严把政治关、内容关、文字关。",
        "强化信息动态管理，对过时内容及时清理。",
        "建立健全信息台账，做到有据可查。",
    ),
    "platform": (
        "加强网站日常维护，充分发挥第一平台作用。",
        "规范政务新媒体管理，及时发布权威信息。",
        "优化栏目设置，方便群众查询。",
        "落实专人管理，保障平台安全稳定运行。",
        "充分利用公示栏、宣传栏等载体，扩大覆盖面。",
    ),
    "supervision": (
        "加强业务培训，提高工作人员能力素质。",
        "健全监督考核机制，压实工作责任。",
        "自觉接受社会监督，认真听取意见建议。",
        "定期开展自查自纠，发现问题立行立改。",
        "将公开工作纳入年度考核，强化结果运用。",
    ),
    "problems": (
        "存在的主要问题：公开的及时性有待提高，内容还不够全面。",
        "工作中还存在一些不足：主动公开意识不强，解读形式较为单一。",
        "虽然取得一定成绩，但与群众期待相比仍有差距，业务能力有待提升。",
        "主要不足：信息更新不够及时，队伍力量较为薄弱。",
        "目前存在公开渠道不够丰富、互动交流不够充分等问题。",
    ),
    "improvements": (
        "下一步，{us}将加强学习培训，完善工作机制，推动工作再上新台阶。",
        "今后将进一步提高认识，强化责任，切实提升公开水平。",
        "下一步将丰富公开形式，拓宽公开渠道，增强公开实效。",
        "{us}将进一步健全制度，规范流程，确保各项任务落到实处。",
        "下一年度将以更高标准、更实举措做好政府信息公开工作。",
    ),
}
FACTS = (
    "全年在{county}政府网站发布信息{n}条，其中{topic}{m}条。",
    "“{name}”公众号推送{topic}稿件{n}篇，阅读最多的一篇达{n}人次。",
    "{month}月{day}日在{place}举办{topic}开放日，来了{m}人。",
    "印发《{county}{topic}公示办法》，{topic}结果由{who}代表签字后上墙。",
    "{habit}用{means}讲{topic}，{village}村的老人听得懂、问得出。",
    "把{topic}底册拆成{m}张村级小表，贴到{village}村的{place}。",
    "请{who}试读{topic}解读稿，删去{m}处看不懂的术语。",
    "{topic}数据由{who}复核，{month}月发现错登{small}处，当周更正。",
    "{topic}收支{money}万元逐笔公示，{village}村质疑一笔，附上票据重贴。",
    "{place}新装{means}，循环播放{topic}要点，{month}月起每周换一次内容。",
    "与{neighbour}互查{topic}栏目，指出断链{small}个，三天内修复。",
    "{month}月组织{who}旁听{topic}评审，评分表当场晾出。",
    "热线转来{topic}咨询{n}件，整理成问答{small}期。",
    "{topic}公示牌改用蓝底大字，{habit}由{who}抬到{place}。",
    "开设“{name}”栏目，{topic}从申请到结果{small}个节点全部留痕。",
    "{village}村试行{topic}明白卡，{m}户签收，退回{small}张重写。",
)
SPECIFIC_PROBLEMS = (
    "{topic}公示停留在网站，{village}村信号差，{who}反映看不到。",
    "{habit}人手不足，{topic}信息平均晚了{small}天。",
    "{topic}表格字太小，{place}的老人要戴两副眼镜。",
    "{neighbour}与我处口径不一，{topic}数字对不上，{month}月才统一。",
    "解读稿抄文件，{who}说读完还是不知道{topic}怎么办。",
)
SPECIFIC_PLANS = (
    "明年{month}月前在{place}加装{means}，专播{topic}。",
    "{topic}改为每月{day}日更新，迟一天由分管领导说明。",
    "请{who}当公开观察员，{habit}现场挑错。",
    "把{topic}做成{small}格漫画，送到{village}村。",
    "与{neighbour}共用{topic}底表，一处更新两处同步。",
)
NO_APPLICATIONS = (
    "{year}年未收到政府信息公开申请。",
    "全年没有收到依申请公开事项。",
    "{us}{year}年度收到政府信息公开申请0件。",
)
NO_DISPUTES = ("全年未发生行政复议和行政诉讼。", "没有因政府信息公开引发的复议、诉讼。")
FEES = ("本年度未收取信息处理费。", "依据信息处理费管理办法，{year}年收费0元。")
ENDINGS_6 = ("无其他需要报告的事项。", "没有其他需要报告的事项。", "")

SYNONYMS = (
    ("及时", "第一时间"),
    ("加强", "强化"),
    ("健全", "完善"),
    ("提升", "提高"),
    ("由", "请"),
    ("其中", "含"),
    ("发现", "查出"),
    ("公示", "公布"),
    ("改为", "改成"),
    ("组织", "邀请"),
    ("当场", "现场"),
    ("逐笔", "一笔一笔"),
)


@dataclass
class Issuer:
    """An invented issuer: `name`, its `county`, what it does and how it speaks of itself."""

    name: str
    county: str
    work: str
    us: str
    names: tuple[str, ...] = field(default=())


def invent_issuers(rng: random.Random, count: int) -> list[Issuer]:
    """Issuers of different counties and fields, all with different names."""
    counties = [a + b + rng.choice(LEVELS) for a in SURNAMES for b in ENDINGS]
    rng.shuffle(counties)
    works = list(FIELDS)
    found = []
    for number in range(count):
        county = counties[number // len(works) % len(counties)]
        work = works[number % len(works)]
        town = work in ("镇人民政府", "街道办事处")
        name = county + (rng.choice(SURNAMES) + rng.choice(ENDINGS) if town else "") + work
        us = {"镇人民政府": "我镇", "街道办事处": "我街道", "卫生健康委员会": "我委"}.get(work, "我局")
        found.append(Issuer(name, county, work, us))
    return found


class Writer:
    """Fills templates for one issuer and year."""

    def __init__(self, rng: random.Random, issuer: Issuer, year: int, neighbour: str) -> None:
        self.rng = rng
        self.issuer = issuer
        self.year = year
        self.neighbour = neighbour

    def fill(self, template: str) -> str:
        """A template with names, places and numbers drawn anew."""
        draw = self.rng
        return template.format(
            year=self.year,
            us=self.issuer.us,
            county=self.issuer.county,
            topic=draw.choice(FIELDS[self.issuer.work]),
            habit=draw.choice(HABITS),
            place=draw.choice(PLACES),
            means=draw.choice(MEANS),
            who=draw.choice(WHO),
            village=draw.choice(SURNAMES) + draw.choice(ENDINGS),
            name=draw.choice(SURNAMES) + draw.choice(SURNAMES) + draw.choice(("之声", "在线", "有约", "问政")),
            neighbour=self.neighbour,
            n=draw.randint(24, 980),
            m=draw.randint(11, 96),
            small=draw.randint(3, 9),
            money=f"{draw.uniform(3, 480):.2f}",
            month=draw.randint(2, 11),
            day=draw.randint(2, 28),
        )

    def some(self, templates: tuple[str, ...], low: int, high: int) -> str:
        """Some of the templates, filled."""
        return "".join(self.fill(each) for each in self.rng.sample(templates, self.rng.randint(low, high)))

    def sections(self, facts: tuple[int, int], stock: tuple[int, int]) -> dict[int, str]:
        """Sections one, five and six with so many sentences of either kind in each aspect."""
        overview = [
            self.fill(self.rng.choice(OPENINGS)) + self.some(FACTS, *facts),
            "（一）主动公开情况。" + self.some(STOCK["active"], *stock) + self.some(FACTS, *facts),
            "（二）依申请公开情况。" + self.fill(self.rng.choice(NO_APPLICATIONS)),
            "（三）政府信息管理情况。" + self.some(STOCK["management"], *stock),
            "（四）政府信息公开平台建设情况。" + self.some(STOCK["platform"], *stock),
            "（五）监督保障情况。" + self.some(STOCK["supervision"], *stock) + self.fill(self.rng.choice(NO_DISPUTES)),
        ]
        concrete = facts[1] > 0
        problems = self.some(SPECIFIC_PROBLEMS, 1, 2) if concrete else self.some(STOCK["problems"], 1, 1)
        plans = self.some(SPECIFIC_PLANS, 1, 2) if concrete else self.some(STOCK["improvements"], 1, 1)
        six = self.fill(self.rng.choice(FEES)) + self.rng.choice(ENDINGS_6)
        return {1: "\n".join(overview), 5: problems + "\n" + plans, 6: six}


def lightly_edited(rng: random.Random, text: str) -> str:
    """A text with some words exchanged and a few inserted."""
    for old, new in rng.sample(SYNONYMS, 5):
        text = text.replace(old, new)
    pieces = text.split("，")
    for _ in range(max(1, len(pieces) // 14)):
        at = rng.randrange(len(pieces))
        pieces[at] += rng.choice(("同时", "按要求", "结合实际", "进一步"))
    return "，".join(pieces)
