"""Messages about debts that are chased: what is said about them, reminders and letters."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

_STOPS: Final[Mapping[str, Wording]] = {
    "billing.below_zero": Wording("{name} is {amount}; give zero or more", "{name} 为 {amount}；不得小于零"),
    "dunning.nothing_open": Wording(
        "receivable {receivable} had nothing open on {on}; there is nothing to chase",
        "应收 {receivable} 于 {on} 没有未收金额，无须催收",
    ),
    "receivable.disputed": Wording(
        "receivable {receivable} is disputed since {since}; settle that dispute first",
        "应收 {receivable} 自 {since} 起有争议；请先了结该争议",
    ),
    "receivable.not_disputed": Wording(
        "receivable {receivable} has no dispute that lasts; there is nothing to settle",
        "应收 {receivable} 没有未了结的争议",
    ),
    "receivable.until": Wording(
        "until {until} is before {on}; use that day or a later one for receivable {receivable}",
        "截止日 {until} 早于 {on}；应收 {receivable} 请用该日或之后的日期",
    ),
    "receivable.not_held": Wording(
        "receivable {receivable} is not on hold on {on}; there is nothing to release",
        "应收 {receivable} 于 {on} 未暂缓催收，无须恢复",
    ),
    "receivable.before_last": Wording(
        "the last word on receivable {receivable} is of {last}, after {on}; use that day or a later one",
        "应收 {receivable} 最近一次记录为 {last}，晚于 {on}；请用该日或之后的日期",
    ),
}

_INTEREST: Final[Mapping[str, Wording]] = {
    "interest.rate": Wording(
        "{rate} is no rate of interest; use 0 or more (10 % is 0.10)", "{rate} 不是利率；须为 0 或以上（10% 写作 0.10）"
    ),
    "interest.rates": Wording(
        "the rates begin on {firsts}; give at least one, each from a later day on",
        "利率起始日为 {firsts}；至少给出一个，且起始日须递增",
    ),
    "interest.no_rate": Wording(
        "no rate of interest is known for {on}; the first is of {first}: add the one before",
        "{on} 没有适用利率；最早的利率自 {first} 起：请补充之前的利率",
    ),
    "interest.other": Wording(
        "the interest is of {given} until {until}; charge that of {receivable} until {on} or before",
        "该利息属于 {given}，计至 {until}；请计收 {receivable} 计至 {on} 或之前的利息",
    ),
    "interest.charged_since": Wording(
        "interest of receivable {receivable} was charged on {last}, after {until}; charge what has run up to that day or a later one",
        "应收 {receivable} 已于 {last} 计收利息，晚于 {until}；请计收截至该日或之后的利息",
    ),
    "interest.nothing": Wording(
        "no interest of receivable {receivable} is left to charge on {on}; wait until more has run",
        "应收 {receivable} 于 {on} 没有可计收的利息；请待利息继续产生",
    ),
    "interest.period": Wording("{days:day|days} at {rate} on {base}: {amount}", "{base}按{rate}计息{days}天：{amount}"),
}

_POLICY: Final[Mapping[str, Wording]] = {
    "dunning.currency_twice": Wording(
        "{name} has two amounts of one currency among {currencies}; give one each",
        "{name} 中有币种重复：{currencies}；每个币种只给一个金额",
    ),
    "dunning.no_claim": Wording(
        "step {days} to {to} asks for a fee or interest; only a letter to the customer after the due date does",
        "步骤 {days}（{to}）要求费用或利息；只有到期日之后致客户的催款函可以",
    ),
    "dunning.steps": Wording(
        "the steps are {steps}; give at least one, and each day and receiver once",
        "步骤为 {steps}；至少给出一个，且同一天同一对象只能一个",
    ),
    "dunning.no_interest": Wording(
        "a letter asks for interest, and the policy has none; give `interest`",
        "催款函要求利息，但策略没有计息规则；请给出",
    ),
    "dunning.unknown": Wording(
        "receivable {receivable} is not among the {count} that were given; give it to `dunning`",
        "应收 {receivable} 不在给出的 {count} 笔之中；请一并给出",
    ),
    "dunning.missing": Wording(
        "receivable {receivable} was written about, and {given} given; give every receivable of the message",
        "消息涉及应收 {receivable}，给出的却是 {given}；请给出消息涉及的全部应收",
    ),
    "dunning.sent": Wording(
        "step {days} to {to} of receivable {receivable} was recorded on {on}; ask what is next",
        "应收 {receivable} 的步骤 {days}（{to}）已于 {on} 记录；请查询下一步",
    ),
}

_REASONS: Final[Mapping[str, Wording]] = {
    "dunning.not_raised": Wording("not raised before {raised_on}", "{raised_on} 才确认应收"),
    "dunning.paid": Wording("paid on {on}", "已于{on}结清"),
    "dunning.credited": Wording("credited on {on}", "已于{on}减免或冲红结清"),
    "dunning.transferred": Wording("transferred on {on}", "已于{on}并账"),
    "dunning.written_off": Wording("written off on {on}", "已于{on}坏账核销"),
    "dunning.disputed": Wording("{amount} disputed since {since}", "{amount} 自{since}起有争议"),
    "dunning.promised": Wording("{amount} promised by {by} until {until}", "{by}承诺于{until}前支付 {amount}"),
    "dunning.on_hold": Wording("on hold until {until}", "暂缓催收至{until}"),
    "dunning.below_minimum": Wording(
        "{amount} is less than the {minimum} for which a letter is written", "{amount} 低于发函最低金额 {minimum}"
    ),
    "dunning.apart": Wording(
        "the customer got a letter on {last}; the next may go on {next}", "已于{last}致函该客户；最早{next}可再次致函"
    ),
    "dunning.day_off": Wording("{on} is a day off; {next} is the next workday", "{on}为非工作日；下一工作日为{next}"),
    "dunning.goes_along": Wording(
        "a charge: it goes along in the letters about what is owed", "附带的利息或费用：随欠款的催款函一并列示"
    ),
    "dunning.waits": Wording("nothing to send before {next}", "{next}前无需发送"),
    "dunning.ended": Wording("every step was sent", "全部步骤均已发送"),
}

_REMINDERS: Final[Mapping[str, Wording]] = {
    "reminder.due_soon.subject": Wording(
        "Due in {days:day|days}: {party}, {open}", "应收将于 {days} 天后到期：{party}，{open}"
    ),
    "reminder.due_soon.body": Wording(
        "receivable {receivable} of order {order} is due in {days:day|days}, on {due_on}: {open} open",
        "订单 {order} 的应收 {receivable} 将于 {days} 天后（{due_on}）到期：未收 {open}",
    ),
    "reminder.due_today.subject": Wording("Due today: {party}, {open}", "应收今日到期：{party}，{open}"),
    "reminder.due_today.body": Wording(
        "receivable {receivable} of order {order} is due today: {open} open",
        "订单 {order} 的应收 {receivable} 今日到期：未收 {open}",
    ),
    "reminder.overdue.subject": Wording(
        "Overdue by {days:day|days}: {party}, {open}", "应收逾期 {days} 天：{party}，{open}"
    ),
    "reminder.overdue.body": Wording(
        "receivable {receivable} of order {order} is overdue by {days:day|days}: {open} open, due on {due_on}",
        "订单 {order} 的应收 {receivable} 已逾期 {days} 天：未收 {open}，到期日 {due_on}",
    ),
}

_LETTERS: Final[Mapping[str, Wording]] = {
    "letter.ahead.subject": Wording("Payment due soon: {total}", "付款提示：{total} 即将到期"),
    "letter.first.subject": Wording("Payment reminder: {total}", "付款提醒：{total}"),
    "letter.again.subject": Wording("Payment reminder no. {level}: {total}", "第{level}次催款函：{total}"),
    "letter.last.subject": Wording("Final payment reminder: {total}", "最后催款函：{total}"),
    "letter.greeting": Wording("Dear {party},", "致{party}："),
    "letter.ahead.opening": Wording(
        "what follows falls due soon. Please see to it that it is paid in time.", "贵方以下款项即将到期，请按时付款。"
    ),
    "letter.first.opening": Wording(
        "as of {on} we have not received what follows. Perhaps it was overlooked; please pay it now.",
        "截至{on}，我方尚未收到贵方以下款项。如系疏忽，请尽快付款。",
    ),
    "letter.again.opening": Wording(
        "as of {on} what follows is still not paid, although we wrote to you. Please pay it without delay.",
        "我方曾致函贵方，截至{on}以下款项仍未支付，请立即付款。",
    ),
    "letter.last.opening": Wording(
        "as of {on} what follows is still not paid. We shall take further steps without writing again.",
        "截至{on}，贵方以下款项仍未支付。我方将不再另行致函，并采取进一步措施。",
    ),
    "letter.line": Wording(
        "{number}. {receivable} of order {order}: {open}, due on {due_on}",
        "{number}. 订单 {order} 的应收 {receivable}：{open}，到期日{due_on}",
    ),
    "letter.line_overdue": Wording(
        "{number}. {receivable} of order {order}: {open}, due on {due_on}, {days:day|days} overdue",
        "{number}. 订单 {order} 的应收 {receivable}：{open}，到期日{due_on}，逾期{days}天",
    ),
    "letter.item_interest": Wording(
        "{number}. interest on {receivable} of order {order}: {open}, due from {due_on} on",
        "{number}. 订单 {order} 的应收 {receivable} 的利息：{open}，{due_on}起到期",
    ),
    "letter.item_costs": Wording(
        "{number}. fees for {receivable} of order {order}: {open}, due from {due_on} on",
        "{number}. 订单 {order} 的应收 {receivable} 的催收费用：{open}，{due_on}起到期",
    ),
    "letter.item_interest_of_order": Wording(
        "{number}. interest, order {order}: {open}, due from {due_on} on",
        "{number}. 订单 {order} 的利息：{open}，{due_on}起到期",
    ),
    "letter.item_costs_of_order": Wording(
        "{number}. fees, order {order}: {open}, due from {due_on} on",
        "{number}. 订单 {order} 的费用：{open}，{due_on}起到期",
    ),
    "letter.line_interest": Wording("   interest: {amount}", "   逾期利息：{amount}"),
    "letter.line_left_out": Wording(
        "   {amount} more is disputed or promised and not asked for here",
        "   另有 {amount} 存在争议或已承诺付款，本函不催收",
    ),
    "letter.open": Wording("Sum: {amount}", "欠款合计：{amount}"),
    "letter.interest": Wording("Interest: {amount}", "逾期利息：{amount}"),
    "letter.fee": Wording("Fee: {amount}", "催收费用：{amount}"),
    "letter.total": Wording("To be paid: {amount}", "应付总额：{amount}"),
    "letter.credit": Wording(
        "We hold {amount} of yours that is not applied; it is not deducted above.",
        "贵方另有 {amount} 预收款尚未核销，以上金额未予抵扣。",
    ),
    "letter.closing": Wording(
        "If you have paid meanwhile, please take this letter as settled.", "如贵方已付款，请忽略本函。"
    ),
}

DUNNING: Final[Mapping[str, Wording]] = {
    **_STOPS,
    **_INTEREST,
    **_POLICY,
    **_REASONS,
    **_REMINDERS,
    **_LETTERS,
}
