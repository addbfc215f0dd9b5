from django.urls import path

from madoguchi.desk.views import acts, answers, duty, friend, media, reception, staying, talk

app_name = "desk"
urlpatterns = [
    path("", talk.index, name="index"),
    path("lists/", talk.lists, name="lists"),
    path("next/", talk.next_in_line, name="next"),
    path("duty/", duty.report, name="report"),
    path("here/", duty.here, name="here"),
    path("history/", reception.history, name="history"),
    path("reception/<int:channel_pk>/", reception.reception, name="reception"),
    path("greeting/<int:channel_pk>/", reception.greeting, name="greeting"),
    path("alerts/<int:pk>/acknowledge/", acts.acknowledge, name="acknowledge"),
    path("of/<int:pk>/", friend.talks, name="of-contact"),
    path("of/<int:pk>/answers/", answers.answers, name="answers"),
    path("<int:pk>/", talk.conversation, name="conversation"),
    path("<int:pk>/messages/", talk.messages, name="messages"),
    path("<int:pk>/state/", talk.state, name="state"),
    path("<int:pk>/take/", acts.take, name="take"),
    path("<int:pk>/reply/", acts.reply, name="reply"),
    path("<int:pk>/messages/<int:number>/retry/", acts.retry, name="retry"),
    path("<int:pk>/read/", acts.read, name="read"),
    path("<int:pk>/close/", acts.close, name="close"),
    path("<int:pk>/release/", acts.release, name="release"),
    path("<int:pk>/hold/", staying.hold, name="hold"),
    path("<int:pk>/resume/", staying.resume, name="resume"),
    path("<int:pk>/later/", staying.later, name="later"),
    path("<int:pk>/wrap-up/", staying.wrap_up, name="wrap-up"),
    path("<int:pk>/reopen/", staying.reopen, name="reopen"),
    path("<int:pk>/nothing/", staying.nothing, name="nothing"),
    path("<int:pk>/judge/", staying.judge, name="judge"),
    path("<int:pk>/reveal/", acts.reveal, name="reveal"),
    path("<int:pk>/attachments/<uuid:token>/<str:variant>/", media.attachment, name="attachment"),
]
