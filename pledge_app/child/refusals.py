"""Why a child's work gives nothing: a key for programs and words for the log."""


class Refusal(Exception):
    """`reason` is a key, `detail` goes to the log, never to the page.

    Of the work itself: a key of its room. Of the machinery: timeout, memory, crashed, content
    (nested too deeply), busy (another child is at work).
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
