"""The sign-in."""

WORDS = {
    "sign-in.title": ("登录", "Sign in"),
    "sign-in.name": ("用户名", "Name"),
    "sign-in.password": ("密码", "Password"),
    "sign-in.submit": ("登录", "Sign in"),
    "sign-in.wrong": ("用户名或密码不对。", "The name or the password is wrong."),
    "sign-in.wait": (
        "尝试次数太多，请在 {wait} 后再试。",
        "Too many attempts; please try again in {wait}.",
    ),
    "sign-in.help": (
        "没有账号或忘了密码，请找管理员。",
        "No account, or the password forgotten? An administrator can help.",
    ),
    "sign-in.out": ("已退出。", "You are signed out."),
}
