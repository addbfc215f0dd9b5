from django.urls import path

from madoguchi.threads import public

app_name = "threads"
urlpatterns = [
    path("<str:token>/<str:variant>.jpg", public.picture, name="picture"),
    path("<str:token>/file", public.file, name="file"),
]
