"""What commands report."""

WORDS: dict[str, tuple[str, str]] = {
    "no-path": ("There is no file or folder {path}.", "没有这个文件或文件夹：{path}。"),
    "nothing-to-read": (
        "Nothing to read: no file under {paths}{skipped}.",
        "没有可读的文件：{paths}{skipped}。",
    ),
    "nothing-but-skipped": (" but {count} passed over", "，另有 {count} 个跳过"),
    "reading": ("Reading", "读取"),
    "reading.lines": ("{done} of {of} files read", "已读 {done} / {of} 个文件"),
    "writing": ("Writing", "写出"),
    "writing.lines": ("{done} of {of} files written", "已写出 {done} / {of} 个文件"),
    "summary": (
        "read {read}, unchanged {unchanged}, failed {failed}, skipped {skipped}, in {seconds} s",
        "读入 {read}，未变 {unchanged}，读取失败 {failed}，跳过 {skipped}，用时 {seconds} 秒",
    ),
    "findings": (
        "findings: {error} errors, {warning} warnings, {notice} notices",
        "检查结果：错误 {error}，警告 {warning}，提示 {notice}",
    ),
    "failed-file": ("failed: {path}: {reason}: {message}", "读取失败：{path}：{reason}：{message}"),
    "skipped-files": ("skipped: {count} {why}: {examples}", "跳过：{why} {count} 个：{examples}"),
    "more": ("and {count} more", "另有 {count} 个"),
    "more-failures": (
        "{count} more failed; `gongkai export failures` lists all.",
        "另有 {count} 个读取失败；用 `gongkai export failures` 查看全部。",
    ),
    "known-failures": (
        "{count} unchanged files could not be read before and were not tried again; `gongkai export failures` lists "
        "them.",
        "{count} 个未变的文件此前读不出来，未再尝试；用 `gongkai export failures` 查看。",
    ),
    "gone": (
        "{count} reports are kept whose file is no longer there; --prune forgets them.",
        "{count} 份报告的文件已不在，仍予保留；加 --prune 可去除。",
    ),
    "pruned": ("{count} reports were forgotten, their files being gone.", "{count} 份报告的文件已不在，已去除。"),
    "older": (
        "{count} files were read by another version of gongkai; --reread reads them again.",
        "{count} 个文件由其他版本读入；加 --reread 可重新读取。",
    ),
    "skip.hidden": ("hidden or temporary", "隐藏或临时文件"),
    "skip.companion": (
        "companions of the reports (manifest, settings, truth, folders of saved web pages)",
        "清单、设置、网页另存的文件夹等随附文件",
    ),
    "skip.store": ("folders of a store", "数据仓文件夹"),
    "skip.repeated-folder": ("links to folders read already", "指向已读文件夹的链接"),
    "skip.broken-link": ("links that lead nowhere", "失效的链接"),
    "skip.special": ("devices and pipes", "设备或管道"),
    "skip.no-access": ("not allowed to open", "无权打开"),
    "skip.same-content": ("with the same content as another", "与其他文件内容相同"),
    "same-as": ("{path} (same content as {other})", "{path}（与 {other} 内容相同）"),
    "interrupted": (
        "Interrupted. What was read so far is stored; the same command goes on from here.",
        "已中断。已读的内容都已存好；再运行同一命令会接着读。",
    ),
    "unexpected": (
        "Something unexpected went wrong ({error}); the details are in {log}.",
        "出现意外错误（{error}）；详情见 {log}。",
    ),
    "no-store": (
        "There is no store at {store}; `gongkai ingest FOLDER --store {store}` makes one.",
        "{store} 处没有数据仓；用 `gongkai ingest 文件夹 --store {store}` 建立。",
    ),
    "store.format": (
        "The store {store} is of another format: {found}, where {needed} is needed. Open it with the version of "
        "gongkai that wrote it, or ingest into a new folder with --store.",
        "数据仓 {store} 的格式是 {found}，本程序需要 {needed}。请用写入它的版本打开，或用 --store 读入新的文件夹。",
    ),
    "store.damaged": (
        "The store {store} is damaged: {what}. Bring the folder back from a backup, or ingest the reports again into "
        "a new folder with --store.",
        "数据仓 {store} 已损坏：{what}。请从备份恢复该文件夹，或用 --store 把报告重新读入新的文件夹。",
    ),
    "store.unwritable": (
        "The store {store} cannot be written: {why}. What was stored before is whole; see to space and rights, then "
        "start again.",
        "数据仓 {store} 无法写入：{why}。此前存好的内容完好；请检查磁盘空间和权限后再试。",
    ),
    "store.missing-files": (
        "{count} of {of} data files are missing, such as {name}",
        "{of} 个数据文件中缺 {count} 个，如 {name}",
    ),
    "store.no-commit": ("its log holds no commit", "日志中没有任何提交"),
    "store.foreign": ("not written by gongkai", "不是 gongkai 写的"),
    "store.busy": (
        "Another ingest is writing to the store {store}; wait until it has ended, then start again.",
        "另一个读入任务正在写数据仓 {store}；请等它结束后再试。",
    ),
    "cluster.package": (
        "A cluster needs the package `distributed`: pip install 'gongkai[cluster]', or leave out --scheduler.",
        "使用集群需要 distributed 包：pip install 'gongkai[cluster]'，或去掉 --scheduler。",
    ),
    "cluster.silent": (
        "No Dask scheduler answers at {address}; check the address and that it is running.",
        "{address} 处没有 Dask 调度器应答；请检查地址以及它是否在运行。",
    ),
    "workers": (
        "The worker processes cannot start; --jobs 0 does without them.",
        "工作进程无法启动；加 --jobs 0 可不用工作进程。",
    ),
    "no-table": ("There is no table {table}; tables are {tables}.", "没有 {table} 这张表；可用的表：{tables}。"),
    "no-format": (
        "The format {format} is unknown; formats are {formats}.",
        "不认识格式 {format}；可用的格式：{formats}。",
    ),
    "which-format": (
        "The ending of {path} names no format; add --format csv, parquet or xlsx.",
        "从 {path} 的结尾看不出格式；请加 --format csv、parquet 或 xlsx。",
    ),
    "needs-out": ("{format} is not for the screen; add --out FILE.", "{format} 不能输出到屏幕；请加 --out 文件名。"),
    "no-filter": ("The table {table} cannot be filtered by {option}.", "表 {table} 不能按 {option} 筛选。"),
    "no-rule": ("There is no rule {rule}; {near}.", "没有 {rule} 这条规则；{near}。"),
    "no-rule.near": ("did you mean {names}", "是否指 {names}"),
    "no-rule.all": ("rules are {names}", "规则有 {names}"),
    "no-region": ("There is no region {region} among the reports.", "报告中没有 {region} 这个地区。"),
    "written": ("{rows} rows written to {path}", "已写入 {path}，共 {rows} 行"),
    "cannot-write": ("{path} cannot be written: {why}.", "无法写入 {path}：{why}。"),
    "too-many-rows": (
        "A workbook holds {most} rows, this table has {rows}: write .csv or .parquet, or narrow it down with --region, "
        "--year, --issuer or --rule.",
        "工作簿最多 {most} 行，此表有 {rows} 行：请改写 .csv 或 .parquet，或用 --region、--year、--issuer、--rule "
        "缩小范围。",
    ),
    "is-folder": (
        "{path} is a folder; `check` takes files, `ingest` takes folders.",
        "{path} 是文件夹；check 只收文件，读文件夹用 ingest。",
    ),
    "draft": ("{path}: {issuer}, {year}, form {edition}", "{path}：{issuer}，{year}，{edition} 版表格"),
    "unknown": ("unknown", "不明"),
    "edition.none": ("none", "无"),
    "edition.legacy": ("of 2018 or before", "2018 年及以前"),
    "draft.unread": ("{path}: cannot be read: {message}", "{path}：无法读取：{message}"),
    "draft.clean": ("  no findings", "  没有问题"),
    "draft.where": ("      where: {where}", "      位置：{where}"),
    "draft.remedy": ("      remedy: {remedy}", "      改法：{remedy}"),
    "draft.warning": ("  reader: {message}", "  读取提示：{message}"),
    "severity.error": ("error", "错误"),
    "severity.warning": ("warning", "警告"),
    "severity.notice": ("notice", "提示"),
    "place.page": ("page {page}", "第 {page} 页"),
    "place.table": ("table {table}", "第 {table} 个表"),
    "place.row": ("row {row}", "第 {row} 行"),
    "place.column": ("column {column}", "第 {column} 列"),
    "place.paragraph": ("paragraph {paragraph}", "第 {paragraph} 段"),
    "place.picture": ("picture {picture} of the file", "文件中第 {picture} 幅图片"),
    "place.line": ("line {line}", "第 {line} 行"),
    "place.section": ("section {section}: “{quote}”", "第 {section} 部分：“{quote}”"),
    "place.join": (", ", "，"),
    "serve.ready": ("Dashboard: {address} (Ctrl-C ends it)", "图表页面：{address}（按 Ctrl-C 结束）"),
    "serve.port-taken": (
        "Port {port} is in use; name another with --port.",
        "端口 {port} 已被占用；请用 --port 换一个。",
    ),
    "demo.written": ("{count} reports written to {folder}", "已写出 {count} 份报告到 {folder}"),
    "demo.next": ("Read them with: gongkai ingest {folder}", "读入：gongkai ingest {folder}"),
    "init.written": ("Settings written to {path}", "设置已写到 {path}"),
    "manifest.unread": ("The manifest {path} cannot be read: {why}.", "清单 {path} 无法读取：{why}。"),
    "manifest.no-workbook": (
        "The manifest {path} is no workbook that can be read: {why}.",
        "清单 {path} 不是可读的工作簿：{why}。",
    ),
    "manifest.column": (
        "{path}: unknown column “{column}”; known are {known}.",
        "{path}：不认识列“{column}”；可用的列：{known}。",
    ),
    "manifest.no-file": (
        "{path}: a manifest needs a column path or source_url that names the files.",
        "{path}：清单须有 path 或 source_url 列来指明文件。",
    ),
    "manifest.row": (
        "{path}, row {row}: neither path nor source_url; one of them must name the file.",
        "{path} 第 {row} 行：path 和 source_url 都是空的，须有一个指明文件。",
    ),
    "manifest.year": (
        "{where}: “{text}” is no year; write it like 2023.",
        "{where}：“{text}”不是年份，请写成 2023。",
    ),
    "manifest.date": (
        "{where}: “{text}” is no date; write it like 2024-01-31.",
        "{where}：“{text}”不是日期，请写成 2024-01-31。",
    ),
    "manifest.where": ("{path}, row {row}", "{path} 第 {row} 行"),
}

FAILURES: dict[str, str] = {
    "empty": "the file is empty; fetch it again",
    "encrypted": "the file is locked with a password; save it without one",
    "damaged": "the file is damaged; open it in its program and save it anew, or fetch it again",
    "unsupported": "this kind of file is not read; save it as Word, PDF, web page or text",
    "needs-package": "it needs LibreOffice (.xls, .ods, some .doc and .wps) or, for scans, gongkai[ocr]; install it",
    "too-large": "the file is too large or too deeply nested to be a report",
    "time-limit": "reading took too long and was stopped; save the file anew or split it",
    "not-a-report": "it has neither tables nor sections of an annual report; see if it is misplaced",
    "internal": "the program failed on this file; please send it to the developers",
}
"""In English, why a file gave no report, by its reason; in Chinese the reader's own message says it."""
