"""An office's own agenda: a line each, with or without a time and a name."""

from pledge_app.meetings.agenda import own_matters


def test_a_line_is_time_matter_and_name():
    (matter,) = own_matters(["8h15; Trao cờ thi đua năm trước; Chủ tọa"])
    assert (matter.at, matter.name, matter.by) == (
        "08 giờ 15",
        "Trao cờ thi đua năm trước",
        "Chủ tọa",
    )
    assert matter.minuted == "Trao cờ thi đua năm trước."


def test_time_and_name_may_be_left_out_and_nothing_is_lost():
    first, second, third = own_matters(
        ["Chào cờ", "Báo cáo; thảo luận; Tổ thư ký", "10 giờ; Bế mạc"]
    )
    assert (first.at, first.name, first.by) == ("", "Chào cờ", "")
    assert (second.at, second.name, second.by) == ("", "Báo cáo; thảo luận", "Tổ thư ký")
    assert (third.at, third.name, third.by) == ("10 giờ 00", "Bế mạc", "")
