from django.urls import path

from madoguchi.threads import public

app_name = "threads"
urlpatterns = [path("<str:token>/<str:name>", public.picture, name="picture")]
