from django.urls import path

from madoguchi.safety.views import beside, channel

app_name = "safety"
urlpatterns = [
    path("of/<int:pk>/", beside.beside, name="beside"),
    path("of/<int:pk>/ask/", beside.ask, name="ask"),
    path("of/<int:pk>/speaker/", beside.speaker, name="speaker"),
    path("of/<int:pk>/hours/", beside.hours, name="hours"),
    path("of/<int:pk>/silent/", beside.silent, name="silent"),
    path("of/<int:pk>/quiet/", beside.quiet, name="quiet"),
    path("of/<int:pk>/word/", beside.word, name="word"),
    path("of/<int:pk>/harmless/", beside.harmless, name="harmless"),
    path("of/<int:pk>/held/<int:number>/", beside.held, name="held"),
    path("channels/<int:channel_pk>/", channel.channel, name="channel"),
]
