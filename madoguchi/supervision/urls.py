from django.urls import path

from madoguchi.supervision.views import board, calls, pick_up, unmarked

app_name = "supervision"
urlpatterns = [
    path("", board.page, name="board"),
    path("now/", board.now, name="now"),
    path("deal/", board.deal, name="deal"),
    path("queue/<int:channel_pk>/hold/", board.hold, name="hold-queue"),
    path("queue/<int:channel_pk>/release/", board.release, name="release-queue"),
    path("calls/", calls.calls, name="calls"),
    path("unmarked/", unmarked.unmarked, name="unmarked"),
    path("pick-ups/", pick_up.waiting, name="pick-ups"),
    path("pick-ups/of/<int:pk>/", pick_up.ask, name="ask-pick-up"),
    path("pick-ups/<int:pk>/confirm/", pick_up.confirm, name="confirm-pick-up"),
    path("pick-ups/<int:pk>/withdraw/", pick_up.withdraw, name="withdraw-pick-up"),
]
