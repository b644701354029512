r"""A report over somebody's own tables: read them, compute the figures as of a day, write a page that opens offline.

>>> import pathlib, tempfile
>>> from datetime import date
>>> from ltc import report
>>> with tempfile.TemporaryDirectory() as folder:
...     invoices = pathlib.Path(folder, "invoices.csv")
...     _ = invoices.write_text("id,customer,amount,issued_on,due_on,currency\nI1,A1,30000.00,2026-10-12,2026-11-11,CNY\n")
...     tables = report.read_folder(folder)
...     figures = report.figures(tables, as_of=date(2026, 11, 23))
...     page = report.write(figures, pathlib.Path(folder), locale="en")
...     page.name, str(figures.invoices[0].overdue)
('report.html', '30000.00 CNY')

The tables have canonical columns (`TABLES` names them); a mapping file says how a foreign table becomes one of them. Every row is used
or rejected, and what is rejected is a finding with file, row, column and what would pass. A host without files hands its own rows to
`tables_of`.
"""

from collections.abc import Mapping
from typing import Final

from ltc.report.aging import AgingFigure
from ltc.report.funnel import FunnelFigure, OwnerFigure, StageFigure, TargetFigure, WinRate
from ltc.report.lead_counts import LeadCount, LeadFigures
from ltc.report.mapping import TableMapping, parse_mapping, read_mapping
from ltc.report.overview import Figures, figures
from ltc.report.page import write
from ltc.report.positions import OrderFigure, OrderFigures
from ltc.report.reading import read_files, read_folder
from ltc.report.remarks import Remark
from ltc.report.rows import (
    ActivityRow,
    ChangeRow,
    InvoiceRow,
    LeadRow,
    OpportunityRow,
    OrderRow,
    ReceiptRow,
    ReceivableRow,
    StageRow,
    TargetRow,
)
from ltc.report.shapes import SHAPES
from ltc.report.tables import FileCount, Tables, tables_of

TABLES: Final[Mapping[str, tuple[str, ...]]] = {table: shape.names for table, shape in SHAPES.items()}
"""The columns of each canonical table, required ones first."""

__all__ = [
    "TABLES",
    "ActivityRow",
    "AgingFigure",
    "ChangeRow",
    "Figures",
    "FileCount",
    "FunnelFigure",
    "InvoiceRow",
    "LeadCount",
    "LeadFigures",
    "LeadRow",
    "OpportunityRow",
    "OrderFigure",
    "OrderFigures",
    "OrderRow",
    "OwnerFigure",
    "ReceiptRow",
    "ReceivableRow",
    "Remark",
    "StageFigure",
    "StageRow",
    "TableMapping",
    "Tables",
    "TargetFigure",
    "TargetRow",
    "WinRate",
    "figures",
    "parse_mapping",
    "read_files",
    "read_folder",
    "read_mapping",
    "tables_of",
    "write",
]
