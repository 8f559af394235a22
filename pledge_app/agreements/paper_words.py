"""The words that an agreement begins with, for each kind of cluster. An administrator may change
every one of them. Pure: the child process imports it.

Source: the usual parts of clusters' agreements; no text of law prescribes them.
"""

from __future__ import annotations

from collections.abc import Collection

from pledge_app.papers.definition import N_, FixedWord

FRONT, HAMLETS, ENTERPRISES = "front", "hamlets", "enterprises"
"""Kinds of clusters with words of their own; every other one has the plain words."""


def word_of(word: str, kind: str, known: Collection[str]) -> str:
    """Which word a cluster of `kind` begins with: its own where there is one."""
    own = f"{word}_{kind}"
    return own if own in known else word


WORDS = {
    "type_name": FixedWord(N_("Tên loại văn bản"), "BẢN GIAO ƯỚC THI ĐUA", is_line=True),
    "purpose": FixedWord(
        N_("Mục đích, yêu cầu"),
        (
            "Để đẩy mạnh phong trào thi đua, phấn đấu hoàn thành các chỉ tiêu, nhiệm vụ "
            "năm {năm}, các đơn vị thống nhất ký giao ước thi đua với các nội dung dưới "
            "đây."
        ),
    ),
    "contents": FixedWord(
        N_("Nội dung thi đua (phần chung)"),
        (
            "Các đơn vị tổ chức phát động và thực hiện các phong trào, đợt thi đua trong năm "
            "{năm}, tập trung vào các nội dung sau:\n"
            "- Phát triển kinh tế: hoàn thành các chỉ tiêu về sản xuất, thu nhập, thu ngân "
            "sách; xây dựng nông thôn mới, đô thị văn minh.\n"
            "- Văn hóa, xã hội: nâng cao chất lượng giáo dục, y tế, đời sống văn hóa; giảm "
            "nghèo bền vững, chăm lo người có công và đối tượng chính sách.\n"
            "- Quốc phòng, an ninh: hoàn thành chỉ tiêu giao quân; giữ vững an ninh chính trị, "
            "trật tự, an toàn xã hội.\n"
            "- Xây dựng Đảng, chính quyền: cải cách hành chính, chuyển đổi số; tiếp công dân, "
            "giải quyết đơn thư đúng thời hạn.\n"
            "- Công tác thi đua, khen thưởng: phát hiện, nhân rộng điển hình tiên tiến, sáng "
            "kiến; khen thưởng chính xác, kịp thời, chú trọng người trực tiếp lao động."
        ),
    ),
    "contents_front": FixedWord(
        N_("Nội dung thi đua (phần chung): hệ MTTQ"),
        (
            "Các đơn vị phối hợp và thống nhất hành động, tổ chức các phong trào thi đua, cuộc "
            "vận động trong năm {năm}, tập trung vào các nội dung sau:\n"
            "- Tuyên truyền, vận động, tập hợp các tầng lớp Nhân dân, củng cố khối đại đoàn kết "
            "toàn dân tộc.\n"
            "- Thực hiện Cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn "
            "minh”.\n"
            "- Chăm lo đời sống Nhân dân, an sinh xã hội; vận động Quỹ “Vì người nghèo”.\n"
            "- Phát huy dân chủ, giám sát, phản biện xã hội; tham gia xây dựng Đảng, chính "
            "quyền.\n"
            "- Củng cố tổ chức, đổi mới nội dung, phương thức hoạt động của Mặt trận; nâng cao "
            "chất lượng Ban công tác Mặt trận ở khu dân cư."
        ),
    ),
    "contents_hamlets": FixedWord(
        N_("Nội dung thi đua (phần chung): thôn, xóm, tổ dân phố"),
        (
            "Các đơn vị vận động Nhân dân thi đua trong năm {năm}, tập trung vào các nội dung "
            "sau:\n"
            "- Phát triển sản xuất, nâng cao thu nhập, giúp nhau giảm nghèo.\n"
            "- Xây dựng nông thôn mới, đô thị văn minh; giữ gìn vệ sinh môi trường, đường làng, "
            "ngõ xóm xanh, sạch, đẹp.\n"
            "- Xây dựng gia đình văn hóa, thôn, tổ dân phố văn hóa; thực hiện nếp sống văn minh "
            "trong việc cưới, việc tang và lễ hội.\n"
            "- Giữ gìn an ninh, trật tự; hòa giải kịp thời mâu thuẫn ở cơ sở.\n"
            "- Thực hiện dân chủ ở cơ sở, nghĩa vụ công dân, các khoản đóng góp theo quy định."
        ),
    ),
    "contents_enterprises": FixedWord(
        N_("Nội dung thi đua (phần chung): khối doanh nghiệp"),
        (
            "Các đơn vị tổ chức phong trào thi đua lao động trong năm {năm}, tập trung vào các "
            "nội dung sau:\n"
            "- Hoàn thành kế hoạch sản xuất, kinh doanh; thực hiện nghĩa vụ với ngân sách nhà "
            "nước.\n"
            "- Phát huy sáng kiến, cải tiến kỹ thuật, chuyển đổi số; nâng cao năng suất, chất "
            "lượng.\n"
            "- Bảo đảm việc làm, thu nhập, bảo hiểm xã hội và điều kiện làm việc của người lao "
            "động.\n"
            "- Bảo đảm an toàn, vệ sinh lao động, phòng cháy, chữa cháy, bảo vệ môi trường.\n"
            "- Xây dựng tổ chức đảng, đoàn thể vững mạnh; tham gia công tác xã hội."
        ),
    ),
    "standards": FixedWord(N_("Phần đầu của chỉ tiêu"), ""),
    "measures": FixedWord(
        N_("Biện pháp thực hiện"),
        (
            "Cụ thể hóa nội dung giao ước thành kế hoạch của đơn vị; phân công người phụ "
            "trách từng chỉ tiêu.\n"
            "Tuyên truyền, vận động cán bộ, công chức và Nhân dân tham gia các phong trào"
            " thi đua.\n"
            "Kiểm tra, đôn đốc thường xuyên; kịp thời biểu dương, khen thưởng điển hình "
            "tiên tiến."
        ),
    ),
    "measures_front": FixedWord(
        N_("Biện pháp thực hiện: hệ MTTQ"),
        (
            "Cụ thể hóa nội dung giao ước thành chương trình phối hợp và thống nhất hành động "
            "của Ủy ban MTTQ Việt Nam cùng các tổ chức thành viên.\n"
            "Phối hợp với chính quyền, hướng dẫn Ban công tác Mặt trận vận động Nhân dân tham "
            "gia các phong trào thi đua.\n"
            "Theo dõi, giám sát việc thực hiện; kịp thời biểu dương, đề nghị khen thưởng điển "
            "hình tiên tiến."
        ),
    ),
    "measures_hamlets": FixedWord(
        N_("Biện pháp thực hiện: thôn, xóm, tổ dân phố"),
        (
            "Họp Nhân dân để bàn, thống nhất và công khai nội dung giao ước; phân công người "
            "phụ trách từng chỉ tiêu.\n"
            "Phối hợp với chi bộ, Ban công tác Mặt trận và các chi hội vận động từng hộ gia "
            "đình thực hiện.\n"
            "Biểu dương kịp thời hộ gia đình, cá nhân gương mẫu; nhắc nhở việc chưa làm được."
        ),
    ),
    "measures_enterprises": FixedWord(
        N_("Biện pháp thực hiện: khối doanh nghiệp"),
        (
            "Cụ thể hóa nội dung giao ước thành kế hoạch của đơn vị; giao chỉ tiêu đến phòng, "
            "phân xưởng, tổ, đội.\n"
            "Lãnh đạo đơn vị phối hợp với công đoàn phát động thi đua, đối thoại với người lao "
            "động.\n"
            "Kiểm tra, đôn đốc thường xuyên; kịp thời khen thưởng tập thể, người lao động có "
            "thành tích."
        ),
    ),
    "organisation": FixedWord(
        N_("Tổ chức thực hiện"),
        (
            "Các đơn vị báo cáo kết quả thực hiện hằng quý, tự chấm điểm và gửi báo cáo kèm "
            "minh chứng theo thời hạn của hướng dẫn năm {năm}.\n"
            "Cụm trưởng theo dõi, đôn đốc, tổng hợp; tổ chức sơ kết, tổng kết, chấm điểm và "
            "bình xét theo hướng dẫn của cấp trên.\n"
            "Cụm phó phối hợp với Cụm trưởng, thay Cụm trưởng khi được phân công.\n"
            "Các đơn vị dự họp đúng thành phần; trao đổi kinh nghiệm, phản ánh kịp thời vướng "
            "mắc để Cụm trưởng tổng hợp, báo cáo cấp trên."
        ),
    ),
    "scoring": FixedWord(
        N_("Chấm điểm, xếp hạng"),
        (
            "Kết quả được chấm theo các chỉ tiêu của bản giao ước này và hướng dẫn chấm điểm "
            "của cấp trên; các đơn vị tự chấm, Cụm trưởng tổng hợp, cụm họp bình xét.\n"
            "Đơn vị không gửi báo cáo hoặc không tự chấm điểm thì không xếp hạng.\n"
            "Trường hợp bằng điểm, thứ hạng do hội nghị bình xét của cụm biểu quyết."
        ),
    ),
    "commitment": FixedWord(
        N_("Cam kết, hiệu lực"),
        (
            "Các đơn vị cam kết tổ chức thực hiện nghiêm túc các nội dung giao ước; kết "
            "quả thực hiện là căn cứ để bình xét, xếp hạng thi đua và đề nghị khen thưởng"
            " năm {năm}. Bản giao ước có hiệu lực kể từ ngày ký."
        ),
    ),
    "copies": FixedWord(
        N_("Số bản, nơi giữ"),
        (
            "Bản giao ước này được lập thành {số bản} bản, có giá trị như nhau: mỗi đơn "
            "vị giữ 01 bản, {cơ quan thẩm định} 01 bản, lưu 01 bản."
        ),
    ),
}
