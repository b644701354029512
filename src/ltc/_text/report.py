"""Messages of imports, reports and commands."""

from collections.abc import Mapping
from typing import Final

from ltc._text.wording import Wording

REPORT: Final[Mapping[str, Wording]] = {
    # files
    "report.no_folder": Wording(
        "there is no folder {folder}; give the path of a folder with tables",
        "没有文件夹 {folder}；请给出存放表格的文件夹路径",
    ),
    "report.no_table": Wording(
        "the folder has none of the tables {tables}; name a CSV or Parquet file so, or give a mapping",
        "文件夹中没有以下任何表：{tables}；请以此命名 CSV 或 Parquet 文件，或提供映射文件",
    ),
    "report.no_table_near": Wording(
        "the folder has none of the tables {tables}; did you mean {meant} by {file}?",
        "文件夹中没有以下任何表：{tables}；{file} 是否应为 {meant}？",
    ),
    "report.unknown_file": Wording(
        "the file is no table of the report and is not read; name it in a mapping to read it",
        "此文件不是报告的表，未读取；如需读取，请在映射文件中写明",
    ),
    "report.near_file": Wording("the file is not read; did you mean {meant}?", "未读取此文件；是否应为 {meant}？"),
    "report.unknown_table": Wording("there is no table {table}; use one of {tables}", "没有表 {table}；可用：{tables}"),
    "report.no_file": Wording(
        "there is no file {file} here; put it there or correct its name",
        "此处没有文件 {file}；请放入该处，或更正文件名",
    ),
    "report.not_given": Wording(
        "the mapping reads {table} out of {file}, which is not given and not read; give it too",
        "映射文件从 {file} 读取 {table}，但未给出该文件，未读取；请一并给出",
    ),
    "report.second_file": Wording(
        "{file} is not read, since {first} is; keep one of them", "已读取 {first}，未读取 {file}；请只保留其一"
    ),
    "report.unreadable": Wording(
        "{file} cannot be read: {why}; save it again as CSV or Parquet",
        "无法读取 {file}：{why}；请重新保存为 CSV 或 Parquet",
    ),
    "report.damaged": Wording("the file is damaged from here on; save it again", "文件自此处起已损坏；请重新保存"),
    "report.no_parquet": Wording(
        "Parquet needs pyarrow; install ltc[parquet] or save the file as CSV",
        "读取 Parquet 需要 pyarrow；请安装 ltc[parquet]，或将文件保存为 CSV",
    ),
    "report.encoding": Wording(
        "the file is not {encoding} (byte {at} does not fit); save it as UTF-8 or name its encoding in a mapping",
        "文件不是 {encoding} 编码（第 {at} 字节不符）；请保存为 UTF-8，或在映射文件中写明编码",
    ),
    "report.encoding_guess": Wording(
        "the file is not UTF-8 and was read as {encoding}; save it as UTF-8 to be sure",
        "文件不是 UTF-8，已按 {encoding} 读取；为稳妥请保存为 UTF-8",
    ),
    "report.empty_file": Wording("the file is empty; give it a header and rows", "文件为空；请写入表头和数据行"),
    "report.header_only": Wording(
        "the file has a header and no rows; add rows below it", "文件只有表头，没有数据行；请在表头下添加数据"
    ),
    "report.header_twice": Wording(
        "column {column} stands twice in the header; keep one of them", "表头中 {column} 列重复；请只保留一列"
    ),
    "report.missing_columns": Wording(
        "the file has no column {missing}; it has {present}; rename a column or map it",
        "文件缺少列 {missing}；现有列：{present}；请重命名列或在映射文件中对应",
    ),
    "report.delimiter": Wording(
        "the file has no column {missing}; its cells look divided by {seen}: write delimiter = {seen} for it in a mapping",
        "文件缺少列 {missing}；单元格似以 {seen} 分隔：请在映射文件中为其写明 delimiter = {seen}",
    ),
    "report.no_column": Wording(
        "the file has no column {column}, which the mapping names; it is left empty",
        "映射文件提到的列 {column} 不在文件中；按空值处理",
    ),
    "report.near_column": Wording(
        "column {column} is not read; did you mean {meant}?", "未读取列 {column}；是否应为 {meant}？"
    ),
    "report.floats": Wording(
        "{column} is stored as binary floats and was read at their shortest decimal form; store it as decimals or text",
        "{column} 以二进制浮点数存储，已按其最短十进制形式读取；请改存为十进制数或文本",
    ),
    "report.assumed_currency": Wording(
        "no column names the currency; the amounts are read as {currency}; add a column currency or name it in a mapping",
        "没有货币列；金额按 {currency} 读取；请添加 currency 列，或在映射文件中写明",
    ),
    # rows
    "report.quotes": Wording(
        "a quote is opened and not closed as CSV wants it, so that {lines:line is|lines are} not read; double the quotes inside a quoted cell",
        "引号未按 CSV 规则闭合，因此有 {lines} 行文本未读取；请将引号单元格内的引号写成两个",
    ),
    "report.long_cell": Wording("a cell has over 131,072 characters; shorten it", "单元格超过 131,072 个字符；请缩短"),
    "report.ragged": Wording(
        "the row has {cells:cell|cells}; the header has {columns}: give it as many",
        "该行有 {cells} 个单元格，表头有 {columns} 个；请保持一致",
    ),
    "report.missing": Wording("{column} is empty; give a value in every row", "{column} 为空；请在每一行填写"),
    "report.long": Wording(
        "{column} has {length:character|characters}; {limit} are the most",
        "{column} 有 {length} 个字符；最多 {limit} 个",
    ),
    "report.unprintable": Wording(
        "{column} has a character that cannot be seen ({seen}); write it without control and direction marks",
        "{column} 含有不可见字符（{seen}）；请去掉控制符和方向符",
    ),
    "report.formula": Wording(
        "{column} begins as a formula does; it is kept as text and never computed",
        "{column} 以公式符号开头；仅作为文本保留，绝不计算",
    ),
    "report.day": Wording("{column} is not a day; write it as {form}", "{column} 不是日期；请写成 {form}"),
    "report.instant": Wording(
        "{column} is not an instant; write it as {form}, or the day alone",
        "{column} 不是时刻；请写成 {form}，或只写日期",
    ),
    "report.no_offset": Wording(
        "{column} has no time zone and was read as UTC; add an offset such as +08:00 or name the zone in a mapping",
        "{column} 没有时区，已按 UTC 读取；请加上偏移（如 +08:00），或在映射文件中写明时区",
    ),
    "report.odd_year": Wording(
        "{column} is in the year {year}; leave the cell empty if that stands for no day",
        "{column} 的年份为 {year}；若表示没有日期，请留空",
    ),
    "report.period": Wording(
        "{column} is not a period; write it as 2026, 2026-Q4 or 2026-11",
        "{column} 不是期间；请写成 2026、2026-Q4 或 2026-11",
    ),
    "report.negative": Wording("{column} is negative; give zero or more", "{column} 为负数；请给出零或正数"),
    "report.twice": Wording(
        "{columns} {key} stands at {first} already; give each row its own", "{columns} {key} 已见于 {first}；每行应唯一"
    ),
    "report.unknown_id": Wording(
        "{column} names {id}, which is not among the rows of {tables}; add that row or correct the name",
        "{column} 所指的 {id} 不在 {tables} 中；请补充该行或更正",
    ),
    "report.other_currency": Wording(
        "the receipt is in {currency} and {id} in {other}: it is credit and does not pay it; correct the one that is wrong",
        "收款币种为 {currency}，而 {id} 为 {other}：作贷方余额，不予核销；请更正有误的一方",
    ),
    "report.other_customer": Wording(
        "the receipt is of {customer} and pays {id} of {other}; correct the name unless one pays for the other",
        "收款来自 {customer}，却支付 {other} 的 {id}；如非代付，请更正",
    ),
    "report.lookup": Wording(
        "{column} stands in {file}, which has nothing for this {key}; add a row there or map the value",
        "{column} 取自 {file}，但其中没有此 {key}；请在该文件补充，或映射该值",
    ),
    "report.naive": Wording(
        "{name} {value} is no aware datetime; give it a time zone", "{name} {value} 没有时区；请给出时区"
    ),
    # mappings
    "report.no_mapping": Wording(
        "there is no mapping file {file}; give the path of a TOML file", "没有映射文件 {file}；请给出 TOML 文件的路径"
    ),
    "report.mapping": Wording("{count:fault|faults} in {file}: {told}", "{file} 中有 {count} 处错误：{told}"),
    # figures
    "report.edges": Wording(
        "{value} is no list of edges; write 30,60,90 for days, 6m,12m for months or 1y,2y,3y for years",
        "{value} 不是账龄分段；天数请写 30,60,90，月数请写 6m,12m，年数请写 1y,2y,3y",
    ),
    "report.edges_order": Wording(
        "the edges {value} do not grow from above zero; write each once, the smallest first, as in 30,60,90 or 1y,2y,3y",
        "账龄分段 {value} 不是从零以上递增；请从小到大各写一次，如 30,60,90 或 1y,2y,3y",
    ),
    "report.target": Wording(
        "the target is {amount}; give more than zero, or no target", "目标为 {amount}；请给出大于零的金额，或不设目标"
    ),
}
