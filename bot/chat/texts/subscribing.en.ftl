subscribe-introduction =
    Hello everybody, I am Shushuo. I answer questions in the report's own figures and quote the sentence each time: write /ask and your question, or reply to a message of mine.

    To get announcements here, an administrator taps the button or writes /subscribe.
subscribe-back = Welcome back. Your subscription to announcements ended when you stopped me; to get them again, tap the button or send /subscribe.
subscribe-button = Subscribe to announcements
subscribed = Subscribed: announcements will come here. /unsubscribe ends that.
subscribed-topic = Subscribed: announcements will come to this topic. /unsubscribe ends that.
subscribed-already = Announcements come here already. /unsubscribe ends that.
subscribe-administrators = Only administrators can subscribe this group to announcements, or end that.
subscribe-trouble = That did not work: the database cannot be used at the moment. Please try again later.
unsubscribed = Unsubscribed: no more announcements here. /subscribe brings them back.
unsubscribed-already = No announcements come here. /subscribe changes that.

command-subscribe = Get announcements here
command-unsubscribe = No more announcements here
