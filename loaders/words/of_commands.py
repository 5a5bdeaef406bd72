"""The help of the command line."""

WORDS: dict[str, tuple[str, str]] = {
    "help": (
        "Read Chinese agencies' yearly reports on government information disclosure, check them and chart them.",
        "读取政府信息公开工作年度报告，核对数据，汇总成图表。",
    ),
    "help.version": ("Show the version and exit.", "显示版本号后退出。"),
    "ingest": (
        "Read files and folders into the store.\n\nOnly new and changed files are parsed.\n\n"
        "Example: gongkai ingest reports/2024",
        "把文件和文件夹读入数据仓。\n\n只解析新增和改动过的文件。\n\n示例：gongkai ingest 年报/2024",
    ),
    "ingest.paths": ("Files and folders, read with all folders below.", "文件或文件夹，包括下级文件夹。"),
    "ingest.manifest": (
        "CSV or xlsx that says of files (path or source_url) what is known: issuer, region, year, published_on.",
        "CSV 或 xlsx 清单：按 path 或 source_url 写明已知的 issuer、region、year、published_on。",
    ),
    "ingest.jobs": (
        "Processes that parse; 0 parses in this process. Default: one a core.",
        "解析用的进程数；0 表示就在本进程内解析。默认每个处理器核心一个。",
    ),
    "ingest.scheduler": (
        "Address of a Dask scheduler whose workers parse, such as tcp://10.0.0.5:8786.",
        "Dask 调度器地址，由集群解析，例如 tcp://10.0.0.5:8786。",
    ),
    "ingest.strict": ("Exit with 3 when a file could not be read.", "有文件读不出来时以 3 退出。"),
    "ingest.reread": (
        "Parse known files again, after an update for example.",
        "已读过的文件也重新解析，例如升级之后。",
    ),
    "ingest.prune": (
        "Forget reports whose file is no longer there.",
        "文件已不在的报告从数据仓中去除。",
    ),
    "export": (
        "Write one table to a file, or to the screen as CSV.\n\n"
        "Tables: {tables}\n\nExample: gongkai export flags --region 150824 --out flags.xlsx",
        "把一张表写成文件；不写 --out 就以 CSV 输出到屏幕。\n\n"
        "可用的表：{tables}\n\n示例：gongkai export flags --region 150824 --out 问题.xlsx",
    ),
    "export.table": ("Which table.", "表名。"),
    "export.out": ("The file to write; its ending names the format.", "要写的文件；格式由文件名结尾决定。"),
    "export.format": (
        "csv, parquet or xlsx, where the ending does not say.",
        "csv、parquet 或 xlsx；文件名结尾看不出时用。",
    ),
    "export.region": (
        "Code or name of a province, prefecture or county; everything inside it counts.",
        "省、市（盟）、县（旗）的代码或名称，含其下各级。",
    ),
    "export.year": ("Reporting year.", "报告年度。"),
    "export.issuer": ("Part of the issuer's name.", "机关名称，写一部分即可。"),
    "export.rule": ("Only findings or checks of this rule.", "只要这条规则的结果。"),
    "check": (
        "Parse and check drafts without storing them.\n\nExits with 1 when one has an error.\n\n"
        "Example: gongkai check draft.docx",
        "解析并核对报告草稿，不存入数据仓。\n\n有错误时以 1 退出。\n\n示例：gongkai check 草稿.docx",
    ),
    "check.files": (
        "The drafts, or archives of them; several are also checked against each other.",
        "草稿或其压缩包；多份之间也相互核对。",
    ),
    "check.format": ("text, or json for machines.", "text，或供程序读取的 json。"),
    "demo": (
        "Write an invented corpus with known faults.\n\nThe faults are told in truth.json.\n\n"
        "Example: gongkai demo /tmp/demo --reports 300",
        "写出一批虚构的报告，其中的问题是已知的，答案在 truth.json。\n\n示例：gongkai demo /tmp/demo --reports 300",
    ),
    "demo.folder": ("The folder to write to.", "写到哪个文件夹。"),
    "demo.reports": ("How many reports.", "报告份数。"),
    "demo.seed": ("The same seed gives the same corpus.", "种子相同，内容相同。"),
    "serve": (
        "Show the dashboard in the browser.\n\nExample: gongkai serve --port 8600",
        "在浏览器中打开图表页面。\n\n示例：gongkai serve --port 8600",
    ),
    "serve.port": ("The port to listen on.", "监听端口。"),
    "serve.address": (
        "The address to listen on; 0.0.0.0 lets other machines in.",
        "监听地址；0.0.0.0 允许其他机器访问。",
    ),
    "serve.no_browser": ("Do not open a browser.", "不自动打开浏览器。"),
    "init": (
        "Write the settings file gongkai.toml.\n\n"
        "It holds every default, and lies beside the store unless --config says otherwise.",
        "写出设置文件 gongkai.toml。\n\n内含全部默认值；默认写在数据仓旁，也可用 --config 指定。",
    ),
    "store": (
        "Folder or object-store address of the store. Default: $GONGKAI_STORE, else data/store.",
        "数据仓所在文件夹或对象存储地址。默认取 $GONGKAI_STORE，否则 data/store。",
    ),
    "config": (
        "Settings file. Default: gongkai.toml in or beside the store.",
        "设置文件。默认取数据仓内或旁边的 gongkai.toml。",
    ),
}
