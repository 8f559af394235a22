"""Tables of criteria as offices paste them."""

from __future__ import annotations

# A table for scoring, in the style of a real one: remarks, two spellings of a code, a code three
# times.
MESSY = "\n".join(
    [
        "TT\tTiêu chuẩn\tĐiểm chuẩn\tThưởng\tTrừ",
        "\tTIÊU CHUẨN 1. NHIỆM VỤ CHUYÊN MÔN\t80\t\t",
        "A\tCông tác quản lý\t30\t\t",
        "a1\tLập kế hoạch đúng hạn\t3,5\t\t-0,5 mỗi lần, tối đa 1,5",
        "a1.1\tCó kế hoạch năm\t1\t\t",
        "a.1.2\tCó kế hoạch quý\t2.5\t\t- 0,25",
        "a7\tSáng kiến được áp dụng\t4\t+1/giải pháp\t",
        "a.7.6\tMô hình mới\t\t+ 0,5\t",
        "C\tPhong trào\t25\t\t",
        "c1\tTỷ lệ hộ đạt gia đình văn hóa: trên 98% 5 điểm; 97 đến dưới 98% 4 điểm; 96 đến dưới "
        "97% 3 điểm\t5\t\t",
        "C3.1\tTham gia đủ hội nghị\t2\t\t-0,2 mỗi lần",
        "C3.1\tBáo cáo đúng hạn\t2\t+0,1 nếu sớm 05 ngày làm việc\t-0,1 mỗi báo cáo",
        "C3.1\tHồ sơ lưu trữ\t1\t\t",
        "\t(Góp ý: xem lại mục này)\t\t\t",
        "5.1\tTự chấm điểm đúng hạn\t2\t\t",
        "5.2\tKhông tự chấm điểm\t\t\t(không xếp loại)",
        "5.3\tKhông để xảy ra cháy lớn\t3\t\t-1,5",
        "5.5\tThu hồi nợ quá hạn dưới 0,5%\t2\t\t",
    ]
)
# Twelve criteria in three groups below a letterhead.
TWELVE = "\n".join(
    [
        "PHÒNG NỘI VỤ HUYỆN CHÂU THÀNH",
        "BỘ TIÊU CHÍ THI ĐUA NĂM 2027",
        "",
        "TT\tTên tiêu chí\tĐVT\tChiều\tCách tính\tĐiểm chuẩn",
        "I\tPhát triển kinh tế\t\t\t\t35",
        "1\tThu nhập bình quân đầu người\ttriệu đồng\tCàng cao càng tốt\tTại thời điểm\t10",
        "2\tTỷ lệ hộ nghèo đa chiều\t%\tCàng thấp càng tốt\t\t10",
        "3\tSản phẩm OCOP được công nhận\tsản phẩm\t\tLũy kế\t10",
        "4\tThu ngân sách trên địa bàn\ttỷ đồng\t\t\t5",
        "II\tVăn hóa - xã hội\t\t\t\t",
        "5\tTỷ lệ gia đình văn hóa\t%\t\t\t10",
        "6\tTỷ lệ tham gia bảo hiểm y tế\t%\t\t\t10",
        "7\tTrường đạt chuẩn quốc gia\ttrường\t\t\t2,5",
        "8\tXã đạt nông thôn mới nâng cao\tđạt/không đạt\tĐạt / không đạt\t\t10",
        "III\tAn ninh - quốc phòng\t\t\t\t",
        "9\tKhiếu kiện đông người\tvụ\tkhông để xảy ra\t\t10",
        "10\tTai nạn giao thông nghiêm trọng\tvụ\tko để xảy ra\t\t5",
        "11\tGiao quân\t%\t\t\t10",
        "12\tTỷ lệ giải quyết hồ sơ đúng hạn\t%\t\t\t7,5",
    ]
)
