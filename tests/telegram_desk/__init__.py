"""The forum desk before the double: operators in topics, customers in Telegram and on the site."""
