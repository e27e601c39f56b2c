"""A browser's driver keeps a loop of its own in this thread; rows are asked for beside it."""

import os

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
