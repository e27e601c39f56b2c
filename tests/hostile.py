"""Words that try to be code: each would run, break out or reach elsewhere if it were not escaped.

After the OWASP cross-site scripting cheat sheets; every vector calls ``reached``, which a browser
test counts.
"""

VECTORS = (
    "<script>reached()</script>",
    "</title><script>reached()</script>",
    "</textarea></style></noscript><script>reached()</script>",
    "<img src=x onerror=reached()>",
    '"><img src=x onerror="reached()">',
    "' onmouseover='reached()' x='",
    '" autofocus onfocus="reached()" tabindex="0" x="',
    "<svg onload=reached()>",
    "<svg><script href='data:,reached()'/></svg>",
    "<svg><animate onbegin=reached() attributeName=x dur=1s>",
    "<math><mtext><style><img src=x onerror=reached()></style></mtext></math>",
    "<iframe srcdoc='<script>parent.reached()</script>'></iframe>",
    "<details open ontoggle=reached()>",
    "<base href='https://elsewhere.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:reached()'>",
    "<link rel=stylesheet href='https://elsewhere.example/x.css'>",
    "<form action='https://elsewhere.example/'><input autofocus onfocus=reached()></form>",
    "{{ 7 * 7 }}{% set x = 1 %}${reached()}",
    "%(x)s %s {0} {x!r} %",
    "--><!--><script>reached()</script>",
    "[click](javascript:reached())",
    "&lt;script&gt;reached()&lt;/script&gt;",
    "\u202e\u2066reversed <b onclick=reached()>",
    '=HYPERLINK("https://elsewhere.example/")',
)

# Addresses that must never become a link.
LINKS = (
    "javascript:reached()",
    " javascript:reached()",
    "java\tscript:reached()",
    "JaVaScRiPt:reached()",
    "javascript://elsewhere.example/%0areached()",
    "data:text/html,<script>reached()</script>",
    "vbscript:reached()",
    "blob:https://elsewhere.example/x",
    "file:///etc/passwd",
    "//elsewhere.example/x",
    "https:reached",
    "http://[",
    "https://a.example/\njavascript:reached()",
)
