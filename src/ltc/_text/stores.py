"""Messages of stores and scopes."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

STORES: Final[Mapping[str, Wording]] = {
    "store.no_change": Wording(
        "a {type} is no change; pass what a verb returned", "{type} 不是变更；请传入动词返回的结果"
    ),
    "store.stale": Wording(
        "{kind} {subject} has moved since it was read; read it again", "{kind} {subject} 读取后已变更；请重新读取"
    ),
    "store.exists": Wording("{kind} {subject} exists already", "{kind} {subject} 已存在"),
    "store.erased": Wording("{kind} {subject} was erased", "{kind} {subject} 已被删除"),
    "store.unchained": Wording(
        "{kind} {subject} changes twice, and the second change did not see the first",
        "{kind} {subject} 有两次变更，后一次未基于前一次",
    ),
    "store.not_found": Wording("there is no {kind} {subject}", "没有 {kind} {subject}"),
    "store.key_reused": Wording(
        "key {key} was used by another request on {at}", "请求键 {key} 已于 {at} 被另一请求使用"
    ),
    "store.unknown_kind": Wording("this store has no {kind}", "此存储没有 {kind} 类对象"),
    "store.seen_type": Wording("{value} does not say which version was read", "{value} 未说明读取的版本"),
    "store.seen_version": Wording("{version} is no version", "{version} 不是有效版本"),
    "store.tampered": Wording("record {seq} is not what was recorded", "第 {seq} 条记录与原记录不符"),
    "access.scope": Wording("a scope is unlimited or names owners, not both", "范围要么不限，要么指定负责人，不能兼有"),
}
