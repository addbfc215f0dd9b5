from django.urls import path

from madoguchi.routing import views

app_name = "routing"
urlpatterns = [
    path("<int:channel_pk>/", views.rules, name="rules"),
    path("<int:channel_pk>/switch/", views.switch, name="switch"),
    path("rules/<int:pk>/", views.rule, name="rule"),
    path("rules/<int:pk>/switch/", views.switch_rule, name="switch-rule"),
    path("rules/<int:pk>/archive/", views.archive_rule, name="archive-rule"),
    path("of/<int:pk>/", views.of_conversation, name="of-conversation"),
]
