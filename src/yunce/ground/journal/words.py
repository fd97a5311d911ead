"""How a journal line reads: each verb in the words of the interface."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A verb is «app.action»; a verb without words of its own gets those of its app.
VERBS: dict[str, Promise] = {
    "teams.make_first_owner": _("建立了第一个管理员"),
    "teams.create_team": _("新建了团队"),
    "teams.rename_team": _("改了团队名称"),
    "teams.remove_team": _("删除了团队"),
    "teams.invite": _("发出了邀请"),
    "teams.revoke_invitation": _("撤销了邀请"),
    "teams.join_team": _("加入了团队"),
    "teams.change_member": _("调整了成员"),
    "teams.remove_member": _("移出了成员"),
    "teams.change_name": _("改了姓名"),
    "teams.change_password": _("改了密码"),
    "teams.use_sign_in_link": _("用一次性链接登录"),
    "teams.create_api_token": _("新建了 API 令牌"),
    "teams.revoke_api_token": _("停用了 API 令牌"),
    "calendars.add_day": _("在日历里加了一天"),
    "calendars.remove_day": _("从日历里删了一天"),
    "calendars.add_leave": _("记了请假"),
    "calendars.remove_leave": _("取消了请假"),
    "calendars.set_working_time": _("改了工时"),
    "channels.add_account": _("添加了账号"),
    "channels.change_account": _("修改了账号"),
    "channels.set_active": _("停用或恢复了账号"),
    "facts.record": _("写入了数据"),
    "facts.save_metric": _("定义了指标"),
    "facts.retire_metric": _("停用了指标"),
    "facts.describe_posts": _("说明了作品"),
    "facts.merge_posts": _("把两条作品合成了一条"),
    "facts.split_post": _("把一条作品分开了"),
    "facts.dismiss_doubt": _("说明了不是同一条作品"),
    "facts.undo": _("撤销了数据"),
    "facts.check_data": _("检查了昨天的数据"),
    "facts.close_month": _("关了账"),
    "facts.reopen_month": _("重新开了账"),
    "facts.reclose_month": _("按新数重新关了账"),
    "imports.receive": _("上传了文件"),
    "imports.describe": _("说明了文件"),
    "imports.teach": _("教会了一种表格"),
    "imports.discard": _("放弃了文件"),
    "imports.choose_sheets": _("改了文件的读法"),
    "imports.settle": _("决定了冲突的数"),
    "imports.recognise_again": _("让文件重新识别"),
    "imports.rename_mapping": _("给教过的表格改了名"),
    "imports.remove_mapping": _("删除了教过的表格"),
    "imports.take_mapping": _("存下了别人分享的表格设置"),
    "imports.take_in": _("从收件文件夹导入了文件"),
    "imports.refuse_inbox_file": _("没能导入收件文件夹里的文件"),
    "goals.open_month": _("打开了月度计划"),
    "goals.set_direction": _("改了核心方向"),
    "goals.add_goal": _("添加了目标"),
    "goals.set_targets": _("改了目标值"),
    "goals.set_label": _("改了目标的说法"),
    "goals.set_owner": _("换了目标的负责人"),
    "goals.set_state": _("改了计划的状态"),
    "goals.remove_goal": _("删除了目标"),
    "goals.restore_goal": _("恢复了目标"),
    "goals.reorder_goals": _("调整了目标的顺序"),
    "plans.add_task": _("添加了任务"),
    "plans.edit_task": _("改了任务"),
    "plans.set_state": _("推进了任务"),
    "plans.remove_task": _("删除了任务"),
    "plans.restore_task": _("恢复了任务"),
    "plans.reorder_tasks": _("调整了任务的顺序"),
    "plans.copy_previous_month": _("从上月复制了计划"),
    "reviews.write_words": _("写了复盘"),
    "reviews.add_improvement": _("添加了改进措施"),
    "reviews.change_improvement": _("改了改进措施"),
    "reviews.remove_improvement": _("删除了改进措施"),
    "reviews.restore_improvement": _("恢复了改进措施"),
    "reviews.adopt": _("把改进措施排进了下月"),
    "reviews.withdraw": _("把改进措施撤出了下月"),
}
APPS: dict[str, Promise] = {
    "teams": _("调整了团队"),
    "calendars": _("改了日历"),
    "channels": _("调整了账号"),
    "facts": _("改动了数据"),
    "imports": _("导入了数据"),
    "goals": _("改动了目标"),
    "plans": _("改动了计划"),
    "reviews": _("改动了复盘"),
}
FIELDS: dict[str, Promise] = {
    "name": _("名称"),
    "role": _("角色"),
    "position": _("岗位"),
    "direction": _("核心方向"),
    "title": _("核心任务"),
    "must": _("必达"),
    "stretch": _("挑战"),
    "owner": _("负责人"),
    "is_active": _("在用"),
    "hours": _("每天工时"),
    "share": _("可投入比例"),
    "form": _("形式"),
    "series": _("系列"),
    "topic": _("话题"),
    "author": _("作者"),
    "original": _("原创"),
    "posts": _("作品"),
    "reason": _("原因"),
    "same": _("相同的作品"),
    "different": _("不同的作品"),
    "missing": _("缺数据的账号"),
    "skips_daily": _("不需要每天数据"),
    "group": _("分组"),
}
EMPTY = _("空")
PROGRAM = _("运策")
SOMETHING = _("做了改动")
YES, NO = _("是"), _("否")


def words_for(verb: str) -> str:
    app = verb.partition(".")[0]
    return str(VERBS.get(verb) or APPS.get(app) or SOMETHING)


def value_words(value: object) -> str:
    if isinstance(value, list) and value:
        return "、".join(map(value_words, value))
    if isinstance(value, bool):
        return str(YES if value else NO)
    return str(EMPTY) if value in (None, "", []) else str(value)
