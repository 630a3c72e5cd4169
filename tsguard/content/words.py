"""Words that a text should not use: misspelt ones, traditional characters, marks of state secrets.

The tables hold only what is wrong wherever it stands: what is right in some company (``内部份数``,
``评审记录``) is excluded by that company, or left out where there is too much of it.
"""

from __future__ import annotations

import re

_WRONG = {
    "帐(?=[号户单本目套务])": "账",
    "(?<=[台对记查])帐": "账",
    "登陆": "登录",
    "(?<=[泄涉])秘(?!点)": "密",
    "泻(?=[密露])": "泄",
    "(?<=[保秘机])蜜": "密",
    "(?<![毕究])竟(?=业[限禁协期约])": "竞",
    "(?:定期|数据|文件|系统|异地)备分|备分(?:文件|数据|系统)": "备份",
    "签定(?!稿)": "签订",
    "布署": "部署",
    "(?<![全内外干])部份(?![数号额])": "部分",
    "其它": "其他",
    "(?<!重)复盖": "覆盖",
    "按装(?![配置载修订])": "安装",
    "粘帖": "粘贴",
    "座标(?![识签注牌])": "坐标",
    "松驰": "松弛",
    "予案(?![件卷情])": "预案",
    "截止目前": "截至目前",
    "必需要(?![素件求])": "必须要",
    "反不当竞争": "反不正当竞争",
    "商业机密": "商业秘密",
    "及时通[讯信](?:软件|工具|传)": "即时通讯",
    "防犯(?!罪)": "防范",
    "凭征": "凭证",
    "整该": "整改",
    "(?<!目)的的(?!确)": "的",
}
"""Pattern of what is written, and what is meant."""
_WRONG_WORDS = tuple((re.compile(pattern), right) for pattern, right in _WRONG.items())

_TRADITIONAL = re.compile(
    "[萬與專業東絲兩嚴喪個豐臨為麗舉義樂習鄉書買亂爭雲亞產畝親億僅從倉儀們價眾優會傘偉傳傷倫偽體餘傭債傾償儲"
    "兒黨蘭關興養獸內岡冊寫軍農馮沖決況凍淨準涼減湊凱擊劃劉則剛創刪別劑劍劇勸辦務動勵勁勞勢勝區醫協單賣盧"
    "衛卻廠廳曆歷厲壓厭參雙發變敘葉號嘆嗎啟員問喬嚇圍園國圖圓聖場壞塊堅壇壩墳墜壘墊執報夢夾奪奮獎婦媽嬰學"
    "孫寧寶實寵審憲宮寬賓對尋導壽將爾塵嘗層屬歲島嶺幣師帳帶幫幹廣莊慶廢應庫張彈強歸當錄徹徑禦憶懷態慮憑懲"
    "戰戲戶撲擴掃揚擾撫拋搶護擬擇擔據損換搗攜攝擺敵數齊斷無舊時顯晝曉曬術機殺雜權條來楊極構標樣樹橋檔檢"
    "歡歐殘毀畢氣漢湯溝沒澤潔濟測滅滿漁濾瀏濕溫灣災爐點煉爛熱煩燒營獨獲現環瑪電畫異療癥盜盤監蓋碼確礎礦"
    "禮離種積稱穩窮竊競筆節範築簡簽籌類糧糾紀約級純紙紛紐線組細終結給絡絕統經綁維綜綠網緊緒編緣縣縮總績織"
    "繪繼續罰罷職聯聽肅腦膠臟艱藝藥蘇處虛蟲蝕補裝裡製複見規視覺覽觀訂計訊討訓託記訟訪設許訴診註評詞試詢該"
    "詳誌認誤說誰課調談請論諸諾謀證譯議讀讓財責賬貨販貪貫貴貼費資賦質購賽贈車軟載輕較輔輛輪輸轉辭邊達遞"
    "遠違連遲適選遺還鄰釋針鈕鋼錢錯鍵鎖鏈鏡鑒鑰長門閉開間閱隊階際陸陳陽隱隨險雖雞難靜韌頁項順預領頭題額"
    "願顧風飛館馬駐驗驟鬆鮮鹽麥黃齡龍]"
)
"""Characters of the traditional script that the simplified one does not use (none of them is in GB 2312)."""

_STATE_MARK = re.compile(
    "★|绝密(?!性)|(?<![手算主随单本司相切])机密(?![码钥封集度性])|(?<!商业)(?<!技术)秘密(?=级(?!别))"
)
_ABOUT_MARKS = re.compile(
    "国家秘密|不使用|不用|不得|不要|不再|避免|禁止|删去|删除|清理|改名|改为|换成|去掉|撤下|搜索|排查|灰区|无★|没有★"
)


def wrong_words(text: str) -> list[tuple[str, str]]:
    """Each misspelt word of a text with what is meant."""
    return [(match[0], right) for pattern, right in _WRONG_WORDS if (match := pattern.search(text))]


def traditional_characters(text: str) -> str:
    """The traditional characters of a text, each once, in the order met."""
    return "".join(dict.fromkeys(_TRADITIONAL.findall(text)))


def state_secret_mark(text: str) -> str:
    """The first mark of state secrets that a text uses; "" where there is none.

    ★ and 绝密, 机密, 秘密级 are marks. A text that speaks about them (what must not be used, what is to
    be searched for and removed) may name them.
    """
    mark = _STATE_MARK.search(text)
    return mark[0] if mark and not _ABOUT_MARKS.search(text) else ""
