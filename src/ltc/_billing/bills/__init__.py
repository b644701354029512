"""Bills 承兑汇票: receipts that are money only once they mature."""
