"""The words of invented workspaces: plain sentences about nothing in particular, in English and Chinese."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
# Sections of a report: their headings, the types of action told there, the type of fact.
SECTIONS = {
    "training": ("Training", "培训", ("training", "workshop", "study-visit", "mentoring"), "outcome"),
    "policy": ("Laws and policy", "法律和政策", ("legislation", "policy", "drafting", "advisory"), "assertion"),
    "networks": ("Networks", "网络", ("network", "meeting", "partnership", "cooperation"), "shortfall"),
    "knowledge": ("Research and tools", "研究和工具", ("research", "publication", "tool", "data"), "plea"),
}
TOPICS = (
    ("river ferries", "内河渡船"),
    ("lighthouse upkeep", "灯塔维护"),
    ("school gardens", "校园菜园"),
    ("bicycle repair", "自行车修理"),
    ("bridge inspection", "桥梁检查"),
    ("village libraries", "乡村图书馆"),
    ("bee-keeping", "养蜂"),
    ("seed exchanges", "种子交换"),
    ("footpath signs", "步道标志"),
    ("harbour maps", "港口地图"),
    ("weather stations", "气象站"),
    ("mountain huts", "山间小屋"),
    ("public fountains", "公共饮水点"),
    ("tram timetables", "电车时刻表"),
    ("paper recycling", "废纸回收"),
    ("kitchen safety", "厨房安全"),
)
PLACES = (
    ("the amber district", "琥珀区"),
    ("the northern valley", "北谷"),
    ("the island schools", "岛屿各校"),
    ("the lower harbour", "下港"),
    ("the lake towns", "湖畔各镇"),
    ("the old quarter", "老城区"),
    ("the eastern hills", "东部丘陵"),
    ("the pilot villages", "试点村"),
    ("the river delta", "河口三角洲"),
    ("the southern coast", "南部海岸"),
)
GROUPS = (
    ("wardens", "管理员"),
    ("local teachers", "当地教师"),
    ("young volunteers", "青年志愿者"),
    ("repair crews", "维修人员"),
    ("town planners", "城镇规划人员"),
    ("ferry pilots", "渡船驾驶员"),
    ("librarians", "图书管理员"),
    ("surveyors", "测量人员"),
)
ASKS = (
    (
        "Asks for steady work on {topic} in {place}, with attention to what {group} need there in practice;",
        "要求在{place}持续开展{topic}工作，并注意{group}在当地的实际需要；",
    ),
    (
        "Asks that what {group} have learned about {topic} be written down and shared with {place};",
        "要求把{group}在{topic}方面学到的经验写成文字，并与{place}分享；",
    ),
    (
        "Asks everyone concerned to keep simple records of {topic}, so that {place} can compare the years;",
        "要求各有关方面就{topic}保存简单记录，使{place}能够逐年比较；",
    ),
    (
        "Asks that {group} be consulted before anything about {topic} is changed, above all in {place};",
        "要求在改变任何与{topic}有关的做法之前征求{group}的意见，在{place}尤其如此；",
    ),
)
MORE = (
    (
        "this includes tools and spare parts, and enough time to try out new ways of working together,",
        "这包括工具和备件，以及尝试新的合作方式所需的足够时间，",
    ),
    (
        "bearing in mind that {place} began late and that {group} there have had little help so far,",
        "同时铭记{place}起步较晚，当地{group}迄今得到的帮助很少，",
    ),
    (
        "while making use of what already exists for {topic} and avoiding any work that is done twice,",
        "同时利用{topic}方面已有的成果，避免重复工作，",
    ),
)
TOLD = (
    (
        "{n} courses on {topic} were held in {place}, and {m} {group} took part in them from beginning to end.",
        "在{place}举办了 {n} 期{topic}课程，{m} 名{group}全程参加。",
    ),
    (
        "A plain guide to {topic} was tested in {n} places with {m} {group}, and was corrected afterwards.",
        "一份浅显的{topic}指南在 {n} 个地点由 {m} 名{group}试用，随后作了修正。",
    ),
    (
        "{m} {group} from {place} answered a questionnaire on {topic}; {n} of its questions will be asked again.",
        "来自{place}的 {m} 名{group}回答了关于{topic}的问卷，其中 {n} 个问题将再次提出。",
    ),
)
TITLES = (
    ("Better {topic} for {group}", "为{group}改进{topic}"),
    ("Sharing what is known about {topic} in {place}", "分享{place}的{topic}知识"),
    ("The part of {group} in {topic}", "{group}在{topic}中的作用"),
)
GISTS = (
    ("Steady work on {topic} in {place}", "在{place}持续开展{topic}工作"),
    ("Consult {group} about {topic}", "就{topic}征求{group}的意见"),
    ("Keep records of {topic}", "保存{topic}的记录"),
)
PROSE = (
    (
        "Work on {topic} went on in {place} throughout the period, mostly led by {group} and their friends.",
        "本期间内，{place}的{topic}工作持续进行，主要由{group}及其友人牵头。",
    ),
    (
        "The {group} who look after {topic} agreed on a shared list of what is to be looked at, and how often.",
        "负责{topic}的{group}商定了一份共同清单，说明检查什么以及多久检查一次。",
    ),
    (
        "Because rain stopped the work in {place} for some weeks, part of it was moved to the following season.",
        "由于降雨使{place}的工作中断数周，部分工作移至下一季度进行。",
    ),
    (
        "In {place}, {group} reported that {topic} had become easier since the tools were kept in one room.",
        "{place}的{group}报告说，自从工具集中存放以来，{topic}工作变得更加容易。",
    ),
    (
        "A short film about {topic} was shown to {group}, who asked for a shorter film with fewer words.",
        "向{group}放映了一部关于{topic}的短片，他们要求再拍一部文字较少的短片。",
    ),
)


class Dice(random.Random):
    """Chooses words; sentences come in English and Chinese."""

    def sentence(self, patterns: Sequence[Pair], **numbers: int) -> Pair:
        """Return one of some sentences, filled in."""
        (topic, theme), (place, where), (group, people) = map(self.choice, (TOPICS, PLACES, GROUPS))
        english, chinese = self.choice(patterns)
        return (
            english.format(topic=topic, place=place, group=group, **numbers),
            chinese.format(topic=theme, place=where, group=people, **numbers),
        )

    def sentences(self, patterns: Sequence[Pair], most: int) -> list[Pair]:
        """Return one to so many sentences."""
        return [self.sentence(patterns) for _ in range(self.randint(1, most))]

    def weighed(self, shares: Mapping[str, int]) -> str:
        """Return a word, each as often as its share."""
        return self.choices(tuple(shares), tuple(shares.values()))[0]
