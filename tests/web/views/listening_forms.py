"""The forms by which listening sessions, themes and data packs are kept: each with a sending."""

from web import listening as heard
from web.changes import listened
from web.views.sending import Sending, day

SESSION_FIELDS = {
    "kind_of_session": "focus_group",
    "place": "Forward Drive depot",
    "open_to": "All staff of the depot",
    "came": "17",
    "facilitator": "Head of Policy",
}
THEME_FIELDS = {"name": "Pay", "weight": "some", "one_to_ones": "on", "checked": "yes"}
LISTENING_FORMS = {
    "record_session": Sending(
        lambda w: w.planning(),
        ("kind_of_session", "place", "open_to", "came", "facilitator", "cancelled_because"),
        fields=SESSION_FIELDS | day("on"),
    ),
    "correct_session": Sending(
        lambda w: heard.session(w),
        ("place", "open_to", "came", "facilitator", "cancelled_because", "reason"),
        fields=SESSION_FIELDS | day("on") | {"reason": "Recounted"},
    ),
    "count_one_to_ones": Sending(
        lambda w: w.planning(),
        ("counted_to", "total", "reason"),
        fields={"counted_to": "2026-09-30", "total": "12", "version": "0"},
    ),
    "hear_theme": Sending(lambda w: w.planning(), ("name", "weight", "note"), fields=THEME_FIELDS),
    "change_theme": Sending(
        lambda w: heard.theme(w),
        ("name", "weight", "note", "reason"),
        fields=THEME_FIELDS | {"reason": "Clearer"},
    ),
    # Which theme is named by its identifier: test_listening_pages chooses one.
    "merge_theme": Sending(lambda w: heard.theme(w), ("into", "reason")),
    "withdraw_theme": Sending(
        lambda w: heard.theme(w), ("reason",), fields={"reason": "Said in jest"}
    ),
    "lead_to_action": Sending(lambda w: heard.theme(w), ("action",), fields=day("since")),
    "keep_pack": Sending(
        lambda w: w.planning(),
        ("title", "findings"),
        fields={"title": "Workforce data", "findings": "Fewer apply."} | day("discussed_on"),
    ),
    "add_finding": Sending(
        lambda w: heard.pack(w), ("text",), fields={"text": "Fewer apply.", "checked": "yes"}
    ),
    "enter_figure": Sending(
        lambda w: heard.pack(w),
        ("text", "value", "unit"),
        fields={"text": "Leavers", "value": "12.5", "unit": "per cent", "checked": "yes"},
    ),
    "withdraw_finding": Sending(
        lambda w: heard.pack(w).findings.get(), ("reason",), fields={"reason": "Counted twice"}
    ),
    "withdraw_figure": Sending(
        lambda w: listened.figure(w, w.unit("Resources")),
        ("reason",),
        fields={"reason": "Counted twice"},
    ),
    "set_aside_pack": Sending(
        lambda w: heard.pack(w), ("reason",), fields={"reason": "Another counts"}
    ),
}
