"""Messages of accounts."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

ACCOUNTS: Final[Mapping[str, Wording]] = {
    "account.created_twice": Wording(
        "account {account} exists; an account is created once", "客户 {account} 已存在；每个客户只能创建一次"
    ),
    "account.contact_exists": Wording(
        "account {account} has a contact {contact} already; add another under an id of its own",
        "客户 {account} 已有联系人 {contact}；请用新的编号添加",
    ),
    "account.lead_linked": Wording(
        "lead {lead} is linked to account {account} already; each lead is linked once",
        "线索 {lead} 已关联客户 {account}；每条线索只关联一次",
    ),
    "account.same_owner": Wording(
        "account {account} is owned by {owner} already; hand it over to somebody else",
        "客户 {account} 的负责人已是 {owner}；请交接给其他人",
    ),
    "account.too_early": Wording(
        "account {account} is with {owner} since {since}; hand it over then or later",
        "客户 {account} 自 {since} 起由 {owner} 负责；交接时间不能早于此",
    ),
}
