subscribe-introduction =
    大家好，我是数说。我用报告里的数字回答问题，每次都附上原句：请发 /ask 加上问题，或者回复我的消息。

    要在这里接收公告，请管理员点按钮，或发 /subscribe。
subscribe-back = 欢迎回来。公告的订阅已经随停用结束；想再收到，请点按钮或发 /subscribe。
subscribe-button = 订阅公告
subscribed = 已订阅，公告会发到这里。退订请发 /unsubscribe。
subscribed-topic = 已订阅，公告会发到这个话题。退订请发 /unsubscribe。
subscribed-already = 这里已经订阅了公告。退订请发 /unsubscribe。
subscribe-administrators = 只有管理员可以为本群订阅或退订公告。
subscribe-trouble = 没有办成：数据库暂时用不了，请稍后再试。
unsubscribed = 已退订，公告不再发到这里。重新订阅请发 /subscribe。
unsubscribed-already = 这里没有订阅公告。订阅请发 /subscribe。

command-subscribe = 订阅公告
command-unsubscribe = 退订公告
