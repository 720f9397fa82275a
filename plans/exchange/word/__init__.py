"""A plan written in Word, read as sections. Nothing outside of the file is ever fetched."""

from plans.exchange.word.archive import UnreadableWordError
from plans.exchange.word.reading import WordDocument, read_word

__all__ = ["UnreadableWordError", "WordDocument", "read_word"]
