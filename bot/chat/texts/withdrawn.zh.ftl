announcement-withdrawn = 这条公告已撤回。
