"""A stage model to begin with."""

from typing import Final

from ltc._pipeline.stages import Criterion, ForecastCategory, Stage, StageModel, Task

_C = ForecastCategory
STANDARD_MODEL: Final = StageModel(
    "standard",
    1,
    (
        Stage(
            "contact",
            "初步接洽",
            (Task("profile", "了解客户概况"),),
            (Criterion("interest_shown", "客户表示有意向"),),
            win_rate="0.10",
            category=_C.PIPELINE,
            age_limit=14,
        ),
        Stage(
            "needs",
            "需求确认",
            (Task("survey", "现场调研"),),
            (Criterion("requirements_agreed", "客户书面确认需求"),),
            win_rate="0.30",
            category=_C.PIPELINE,
            age_limit=21,
        ),
        Stage(
            "quotation",
            "报价",
            (Task("quote", "提交报价单"),),
            (Criterion("price_accepted", "客户认可价格"),),
            win_rate="0.50",
            category=_C.BEST_CASE,
            age_limit=30,
        ),
        Stage(
            "contract",
            "拟定合同",
            (Task("draft", "起草合同文本"),),
            (Criterion("terms_agreed", "双方确认合同条款"),),
            win_rate="0.80",
            category=_C.COMMIT,
            age_limit=30,
        ),
        Stage("won", "赢单", win_rate=1, category=_C.CLOSED),
    ),
)
"""A ready-made model of five stages; its rates are experience of the trade, to be replaced by the company's own."""
