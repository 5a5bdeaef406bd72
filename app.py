"""Entry of the dashboard: page registry, language, filters, and the addresses of files; nothing else.

The server imports this module once for `app`; a visitor's session runs it as a script.
"""

from pathlib import Path

import streamlit as st

from pages.shared.served import routes

ICON = Path(__file__).parent / "pages" / "shared" / "icon.svg"


def show() -> None:
    """The page that the address names, below navigation, language and filters."""
    # Loaded here, for what these modules remember wants a running server.
    from pages.shared import invented, page, sidebar
    from pages.shared.language import PROGRAM, _, speak, switch

    st.set_page_config(PROGRAM, ICON, layout="wide", initial_sidebar_state=270)
    st.html(ICON.with_name("style.css"))
    if not page.REGISTERED.is_set():
        page.start_at_the_entry()
    with page.explained_errors():
        with st.sidebar:
            switch()
            page.remember_filters(sidebar.filters())
            speak()
        chosen = st.navigation(
            [
                st.Page("pages/overview.py", title=_("总览"), default=True),
                st.Page("pages/coverage.py", title=_("报送")),
                st.Page("pages/publication.py", title=_("主动公开")),
                st.Page("pages/applications.py", title=_("依申请公开")),
                st.Page("pages/litigation.py", title=_("复议诉讼")),
                st.Page("pages/flags.py", title=_("异常与套话")),
                st.Page("pages/report.py", title=_("报告")),
                st.Page("pages/compare.py", title=_("对比")),
                st.Page("pages/explorer.py", title=_("数据透视")),
                st.Page("pages/check.py", title=_("自查")),
                st.Page("pages/about.py", title=_("口径与方法")),
            ],
            position="top",
        )
        st.set_page_config(f"{chosen.title} · {PROGRAM}")
        invented.banner()
        invented.dialog()
        chosen.run()


if __name__ == "__main__":
    show()
else:
    app = st.App(__file__, routes=routes())
