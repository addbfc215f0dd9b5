from django.urls import path

from madoguchi.desk.views import reception, talk

app_name = "desk"
urlpatterns = [
    path("", talk.index, name="index"),
    path("lists/", talk.lists, name="lists"),
    path("history/", reception.history, name="history"),
    path("reception/<int:channel_pk>/", reception.reception, name="reception"),
    path("alerts/<int:pk>/acknowledge/", talk.acknowledge, name="acknowledge"),
    path("<int:pk>/", talk.conversation, name="conversation"),
    path("<int:pk>/messages/", talk.messages, name="messages"),
    path("<int:pk>/state/", talk.state, name="state"),
    path("<int:pk>/take/", talk.take, name="take"),
    path("<int:pk>/reply/", talk.reply, name="reply"),
    path("<int:pk>/messages/<int:number>/retry/", talk.retry, name="retry"),
    path("<int:pk>/read/", talk.read, name="read"),
    path("<int:pk>/close/", talk.close, name="close"),
    path("<int:pk>/release/", talk.release, name="release"),
    path("<int:pk>/reveal/", talk.reveal, name="reveal"),
    path("<int:pk>/attachments/<uuid:token>/<str:variant>/", talk.attachment, name="attachment"),
]
