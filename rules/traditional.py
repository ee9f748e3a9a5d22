"""Traditional characters read as simplified ones: those of names, categories, forms and labels.

A mail from Hong Kong, Macao or Taiwan, or from a phone set so, writes 農學院黨委 for 农学院党委.
"""

import re

_PAIRS = (
    "與与 業业 義义 書书 會会 體体 傳传 協协 內内 農农 動动 務务 醫医 華华 單单 員员 園园 國国 "
    "圖图 牆墙 墻墙 處处 學学 寬宽 屬属 庫库 總总 戰战 護护 據据 數数 術术 機机 漢汉 灣湾 環环 "
    "産产 產产 電电 監监 離离 種种 稱称 簡简 類类 組组 織织 經经 續续 統统 聯联 聨联 藝艺 薦荐 "
    "現现 視视 話话 語语 資资 軟软 輔辅 進进 運运 選选 際际 風风 館馆 馬马 點点 黨党 報报 紅红 "
    "災灾 傑杰 優优 號号 張张 陳陈 劉刘 黃黄 趙赵 吳吴 孫孙 鄭郑 謝谢 許许 韓韩 馮冯 葉叶 蘇苏 "
    "呂吕 盧卢 鐘钟 譚谭 陸陆 係系 繫系 絡络 師师 導导 團团 幹干 場场 財财 貿贸 測测 質质 樓楼 "
    "實实 驗验 計计 設设 節节 輕轻 養养 獸兽 蠶蚕 應应 關关 論论 誌志 獻献 廣广 東东 愛爱 題题 "
    "見见 簽签 寫写 認认 領领 發发 無无 時时 間间 開开 長长 門门 兒儿 樹树 標标 繼继 匯汇 彙汇 "
    "濟济 課课 為为 爲为 慶庆 衛卫 線线 級级 講讲 責责 隊队 後后 個个 紹绍 舘馆 審审 紀纪 樂乐 "
    "歷历 曆历 網网 僅仅 將将 舉举 築筑 漁渔 從从 眾众 臺台"
)
_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_ANY = re.compile(f"[{''.join(map(chr, _SIMPLIFIED))}]")  # looking for one is far quicker


def simplified(text: str) -> str:
    """The text with the same number of characters."""
    return text.translate(_SIMPLIFIED) if _ANY.search(text) else text
