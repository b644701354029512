"""Behind `ltc.accounts`: an account's life, its contacts, its ownership."""
