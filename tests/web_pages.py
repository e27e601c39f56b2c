"""Pages taken apart, for the tests that read them."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """A page taken apart: its elements, ids, links and words."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(text.decode() if isinstance(text, bytes) else text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("a", "b", "strong", "span"):
            self.words.append(" ")

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        """The page's words with single blanks."""
        return " ".join("".join(self.words).split())

    @property
    def ids(self):
        """Every id, in order."""
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    @property
    def links(self):
        """Where the page's links, style sheets and pictures point."""
        places = ("href", "src")
        return [attrs[name] for _, attrs in self.elements for name in places if name in attrs]

    def having(self, class_):
        """The elements that bear a class."""
        return [e for e in self.elements if class_ in (e[1].get("class") or "").split()]
