"""Write the example company: Kunlun Precision 昆仑精工, a maker of industrial equipment in Suzhou.

    python examples/make_company.py

The same files come out every time; `ltc demo` runs the journey from lead to cash on them. Nothing here is a real person or company.
"""

import csv
import datetime as dt
import random
from pathlib import Path

SEED = 20260105
LEADS = 230
FIRST_DAY = dt.date(2026, 1, 5)
DAYS = 172
HERE = Path(__file__).parent / "company"

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = (
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "霞",
    "平",
)
CITIES = {
    "苏州": "east",
    "上海": "east",
    "无锡": "east",
    "杭州": "east",
    "宁波": "east",
    "深圳": "south",
    "广州": "south",
    "佛山": "south",
    "东莞": "south",
    "武汉": "south",
}
WORDS = (
    "华东",
    "恒力",
    "远大",
    "金鼎",
    "宏图",
    "天工",
    "瑞丰",
    "中联",
    "盛达",
    "博远",
    "新科",
    "万通",
    "长风",
    "海川",
    "力源",
    "正和",
    "东方",
    "三江",
    "启明",
    "德信",
)
TRADES = ("机械", "汽车零部件", "电子", "模具", "医疗器械", "新能源", "包装", "纺织机械")
FORMS = ("有限公司", "股份有限公司", "有限责任公司")
SOURCES = ("web", "fair", "call 400", "partner", "WeChat", "campaign")
WEIGHTS = (30, 18, 14, 10, 18, 10)
COLUMNS = ("id", "created_at", "name", "company", "phone", "email", "source", "city", "industry", "budget")


def phone(rng: random.Random) -> str:
    number = f"1{rng.choice('3578')}{rng.randrange(10**9):09d}"
    return rng.choice(
        (number, f"+86 {number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:7]}-{number[7:]}")
    )


def clean_lead(rng: random.Random, number: int, at: dt.datetime) -> dict[str, str]:
    city, trade = rng.choice(list(CITIES)), rng.choice(TRADES)
    company = f"{city}{rng.choice(WORDS)}{rng.choice(WORDS[:8])}{trade}{rng.choice(FORMS)}"
    return {
        "id": f"L{number:04d}",
        "created_at": at.isoformat(),
        "name": rng.choice(SURNAMES) + rng.choice(GIVEN),
        "company": company,
        "phone": phone(rng) if rng.random() < 0.85 else "",
        "email": f"contact{number}@{rng.choice(('hengli', 'yuanda', 'jinding', 'ruifeng', 'boyuan'))}{number % 97}.example"
        if rng.random() < 0.7
        else "",
        "source": rng.choices(SOURCES, WEIGHTS)[0],
        "city": city,
        "industry": trade,
        "budget": str(rng.choice((0, 50, 80, 120, 200, 300, 450, 600, 900)) * 1000),
    }


def seen_again(rng: random.Random, row: dict[str, str], earlier: dict[str, str]) -> None:
    """Let a lead be one that came in before, written otherwise: the same phone, the same e-mail or the same company."""
    row["company"] = (
        earlier["company"].replace("有限公司", "（有限公司）") if rng.random() < 0.3 else earlier["company"]
    )
    row["city"], row["industry"] = earlier["city"], earlier["industry"]
    if earlier["phone"] and rng.random() < 0.6:
        row["phone"] = "0086" + "".join(digit for digit in earlier["phone"].replace("+86", "") if digit.isdigit())
    if earlier["email"] and rng.random() < 0.6:
        row["email"] = earlier["email"].upper()


DIRT = {
    40: {"name": "", "company": "", "email": "", "phone": ""},
    77: {"created_at": "05.02.2026"},
    111: {"company": '=HYPERLINK("http://evil.example")'},
    160: {"name": "张\u202e伟"},
    201: {"created_at": "2026-02-30T10:00:00+08:00"},
    215: {"name": "x" * 500},
}  # fmt: skip


def leads(rng: random.Random) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    zone = dt.timezone(dt.timedelta(hours=8))
    offsets = sorted(rng.randrange(DAYS) for _ in range(LEADS))
    for number, offset in enumerate(offsets, 1):
        time = dt.time(rng.randrange(8, 20), rng.randrange(60))
        row = clean_lead(rng, number, dt.datetime.combine(FIRST_DAY + dt.timedelta(offset), time, zone))
        if number > 30 and rng.random() < 0.12:
            seen_again(rng, row, rng.choice(rows))
        rows.append(row | DIRT.get(number, {}))
    return rows


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with (HERE / "leads.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(leads(random.Random(SEED)))


if __name__ == "__main__":
    main()
