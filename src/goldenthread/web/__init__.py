"""The pages: what residents, councillors and officers see in a browser."""
