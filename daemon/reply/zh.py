"""The sentences of a letter in Chinese."""

from types import MappingProxyType

from daemon.reply.contents import Deadline
from daemon.reply.sentences import Sentences


class Chinese(Sentences):
    no_category = "从主题还看不出报送的是哪一类材料，其余要求要等类别明确后才能逐项核对。"
    errors_title = "需要补正"
    doubts_title = "工作人员正在核对（您暂时不用处理）"
    subject_button = "用这个主题写邮件"
    earlier_title = "此前已收妥的文件，无需重发"
    links_title = "以链接发来的大附件"
    deadline_title = "时间"
    contact_title = "联系"
    last = "这是今天给您的最后一封自动答复。今天之后发来的材料照常接收登记，由工作人员答复。"
    places = MappingProxyType(
        {
            "subject": "邮件主题",
            "message": "整封邮件",
            "body": "邮件正文",
            "link": "链接 ",
            "file": "文件 ",
        }
    )
    saw = "我们看到"
    required = "通知要求"
    fix = "修改办法"
    number = "回执编号"
    arrived = "收到时间"
    subject = "邮件主题"
    colon = "："
    gap = ""
    heading = "【%s】"

    @property
    def greeting(self) -> str:
        return f"{self.c.unit}，您好！" if self.c.unit else "您好！"

    @property
    def headline(self) -> str:
        if self.c.errors:
            return f"已收到，有 {self.c.count} 处需要补正"
        return "已收妥，符合要求" if self.accepted else "已收到，正在人工核对"

    @property
    def opening(self) -> str:
        came = f"您 {self.c.arrived} 发来的{self._material}已经"
        if self.c.errors:
            points = f"核对时发现有 {self.c.count} 处需要补正，列在下面，并附上修改办法。"
            return f"{came}收到，谢谢！{points}"
        if self.accepted:
            return f"{came}收妥，符合通知要求，谢谢您的支持！"
        doubts = "有几点需要工作人员核对，您暂时不用做什么，核对后会再告诉您。"
        return f"{came}收到，谢谢！{doubts}"

    @property
    def _material(self) -> str:
        return f"“{self.c.category}”{self.c.window}材料" if self.c.category else "邮件"

    @property
    def how(self) -> str:
        if not self.c.category:
            return "请用正确的主题，连同全部附件重新发一次。"
        if self.c.subject_alone:
            return "请用正确的主题直接回复本邮件，附件不用重发。"
        if self.c.files or self.c.earlier:
            return "改好后直接回复本邮件、附上改好的文件即可，没有问题的文件不用重发。"
        return "改好后直接回复本邮件、附上改好的文件即可。"

    @property
    def remarks_title(self) -> str:
        return f"{'顺便提醒' if self.c.errors else '温馨提示'}（不影响本次报送）"

    @property
    def subject_title(self) -> str:
        if self.c.subject_is == "guessed":
            return "建议的主题（请先核对单位和类别）"
        if self.c.subject_is == "wrong":
            return "正确的主题（可直接复制）"
        return "补发邮件的主题（可直接复制）"

    @property
    def subject_blanks(self) -> str:
        notice = self.context.notice
        words = f"“{notice.unit_word}”“{notice.category_word}”“{notice.date_word}”"
        return f"{words}这样的字样请换成实际内容。"

    @property
    def files_title(self) -> str:
        if self.accepted:
            return "收到的文件"
        return "已收妥的文件，无需重发" if self.c.category else "已收到的文件"

    @property
    def arrived_zone(self) -> str:
        return f"{self.c.arrived}（北京时间）"

    def _due(self, due: Deadline) -> str:
        if due.state == "open":
            return f"请在 {due.at} 前补齐，还有 {due.left}。"
        if due.state == "passed":
            return f"截止时间是 {due.at}。您的来件是按时收到的，请尽快补齐。"
        late = f"截止时间是 {due.at}，来件已过截止时间；"
        if self.context.notice.late == "accept":
            return f"{late}材料仍然接收，记为逾期，请尽快补齐。"
        if self.context.notice.late == "hold":
            return f"{late}是否接收由工作人员确定。"
        return f"{late}如有特殊情况，请与我们联系。"

    @property
    def received_late(self) -> str:
        at = self.c.deadline.at if self.c.deadline else ""
        return f"截止时间是 {at}，来件已过截止时间；材料照常接收，记为逾期。"

    @property
    def contact(self) -> str:
        box = self.context.mailbox
        call = f"，或致电{box.department} {box.phone}" if box.phone else ""
        office = f"办公地点：{box.office}。" if box.office else ""
        asked = "如有疑问，或者觉得我们核对有误，请直接回复本邮件说明"
        return f"{asked}{call}，工作人员会人工复核。{office}"

    @property
    def footer(self) -> str:
        return f"本邮件由报送系统依据《{self.context.notice.title}》自动核对后发出。"

    @property
    def signature(self) -> str:
        return f"{self.context.notice.issuer}{self.context.mailbox.department}"
