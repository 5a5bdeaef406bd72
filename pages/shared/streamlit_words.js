// Streamlit says a few words of its own, in English only: menus of tables, hints in empty boxes, names of buttons.
// Where the visitor reads Chinese they are said in Chinese; a word that is not listed here stays as it is.
(() => {
  const CHINESE = {
    "Choose options": "请选择",
    "Choose an option": "请选择",
    "Choose or add options": "选择或输入",
    "Choose or add an option": "选择或输入",
    "Add options": "输入",
    "Add an option": "输入",
    "No options to select": "没有可选的项",
    "No results": "没有匹配的项",
    "Select all": "全选",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Clear selection": "取消选择",
    "Selected values": "已选",
    "Selectbox options": "可选的项",
    "Multiselect options": "可选的项",
    Open: "展开",
    Close: "关闭",
    Upload: "选择文件",
    "Add files": "添加文件",
    "Drag and drop a file here": "把文件拖到这里",
    "Drag and drop files here": "把文件拖到这里",
    "Page not found": "没有这一页",
    "The page that you have requested does not seem to exist. Running the app's main page.": "您要的页面不存在，以下是总览。",
    "Sort ascending": "升序",
    "Sort descending": "降序",
    Format: "数字格式",
    Autosize: "列宽自适应",
    "Pin column": "固定此列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏此列",
    Statistics: "统计",
    "Show/hide columns": "显示或隐藏列",
    Search: "查找",
    "Close Search": "关闭查找",
    "Previous Result": "上一个",
    "Next Result": "下一个",
    Fullscreen: "全屏",
    "Download as PNG": "下载PNG",
    "Close fullscreen": "退出全屏",
    "Dataframe column menu": "此列的菜单",
    "Copy column name": "复制列名",
    Automatic: "自动",
    Localized: "按地区习惯",
    Plain: "原样",
    Compact: "简写",
    Dollar: "美元",
    Euro: "欧元",
    Yen: "日元",
    Percent: "百分数",
    Scientific: "科学记数",
    Accounting: "会计格式",
    Distance: "时间差",
    Calendar: "日历",
    Distinct: "不同的值",
    Empty: "空",
    Values: "有值",
    Sum: "合计",
    Average: "平均",
    Median: "中位数",
    Minimum: "最小",
    Maximum: "最大",
    Range: "范围",
    "Standard deviation": "标准差",
    "Average length": "平均长度",
    "Minimum length": "最短",
    "Maximum length": "最长",
    "Based on sample": "据抽样",
    "No data": "没有数据",
    empty: "空",
    Copy: "复制",
    "Copy to clipboard": "复制",
    "Copied!": "已复制",
    Increment: "加",
    Decrement: "减",
    Pagination: "分页",
    "Previous page": "上一页",
    "Next page": "下一页",
    Sidebar: "侧栏",
    "Collapse sidebar": "收起侧栏",
    "Expand sidebar": "展开侧栏",
    "App pages": "页面",
    "Skip to main content": "跳到正文",
    "(required)": "（必选）",
    "Running...": "正在运行",
    Stop: "停止",
    "Main menu": "菜单",
    Rerun: "刷新",
    Print: "打印",
    Settings: "设置",
    "Save as SVG": "存为SVG",
    "Save as PNG": "存为PNG",
    "Press Enter to apply": "按回车确认",
    "Please enter a number.": "请填数字。",
    "Connection error": "连接中断",
    "Is Streamlit still running?": "服务可能已停止，请联系维护人员。",
    "Download failed": "下载失败",
    Help: "说明",
    "Show help": "说明",
    "Toggle menu": "菜单",
    "Open menu": "菜单",
  };
  const PATTERNS = [
    [/^Download as PNG: (.+)$/, "下载PNG：$1"],
    [/^Fullscreen: (.+)$/, "全屏：$1"],
    [/^Show\/hide columns: (.+)$/, "显示或隐藏列：$1"],
    [/^Search: (.+)$/, "查找：$1"],
    [/^Remove (.+)$/, "移除 $1"],
    [/^Page (\d+)$/, "第$1页"],
    [/^Add: (.+)$/, "输入：$1"],
    [/^Select (\d+) matches$/, "选中全部$1项"],
    [/^Press Enter to apply.*$/, "按回车确认"],
    [/^Help for (.+)$/, "$1：说明"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "最多选$1项，请先移除一项。"],
    [/^File must be (\S+) or smaller\.$/, "文件不能超过$1。"],
    [/^(\S+) files are not allowed\.$/, "不能上传$1文件。"],
    [/^(\d+(?:\.\d+)?\s?[KMG]B) per file.*$/, "每个文件最大$1"],
    [/^Limit (\d+\s?[KMG]B) per file.*$/, "每个文件最大$1"],
    [/^(.+?), close by backspace$/, "$1，按退格键移除"],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const said = new Map();
  let chinese = false;

  const inChinese = (words) => {
    const plain = words.trim();
    if (!/^[A-Z(e]/.test(plain) && !plain.includes(" per file")) return null;
    if (Object.hasOwn(CHINESE, plain)) return CHINESE[plain];
    const pattern = PATTERNS.find(([form]) => form.test(plain));
    return pattern ? plain.replace(pattern[0], pattern[1]) : null;
  };
  const remember = (node, name, english) => {
    for (const each of said.size > 500 ? [...said.keys()] : []) if (!each.isConnected) said.delete(each);
    said.set(node, { ...said.get(node), [name]: english });
  };
  const sayText = (node) => {
    if (node.parentElement?.closest("pre, code, script, style, .gk-text, .gk-form")) return;
    const words = inChinese(node.nodeValue);
    if (words === null || words === node.nodeValue) return;
    remember(node, "", node.nodeValue);
    node.nodeValue = words;
  };
  const sayAttribute = (element, name) => {
    const english = element.getAttribute(name);
    const words = english && inChinese(english);
    if (!words || words === english) return;
    remember(element, name, english);
    element.setAttribute(name, words);
  };
  const sayAll = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return sayText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    if (root.closest("svg")) return;
    const outsideDrawings = (node) => (node.nodeName === "svg" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, outsideDrawings);
    for (let node = root; node; node = walker.nextNode())
      if (node.nodeType === Node.TEXT_NODE) sayText(node);
      else for (const name of ATTRIBUTES) sayAttribute(node, name);
  };
  const takeBack = () => {
    for (const [node, words] of said)
      for (const [name, english] of Object.entries(words))
        if (name) node.setAttribute(name, english);
        else node.nodeValue = english;
    said.clear();
  };

  const watched = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES };
  new MutationObserver((changes) => {
    if (!chinese) return;
    for (const { type, target, attributeName, addedNodes } of changes)
      if (type === "attributes") sayAttribute(target, attributeName);
      else if (type === "characterData") sayText(target);
      else addedNodes.forEach(sayAll);
  }).observe(document.body, watched);

  window.gongkaiSpeaks = (language) => {
    document.documentElement.lang = language;
    chinese = language.startsWith("zh");
    if (chinese) sayAll(document.body);
    else takeBack();
  };
})();
