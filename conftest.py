"""Every example in the documentation and in a docstring runs, through sybil."""

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

_pages = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], patterns=["*.md"])
_docstrings = Sybil(
    parsers=[DocTestParser()], path="src", patterns=["*.py"], document_types={".py": PythonDocStringDocument}
)

pytest_collect_file = (_pages + _docstrings).pytest()
