from django.urls import path

from madoguchi.contacts import public
from madoguchi.contacts.views import attributes, files, friend, friends, origins, tags

app_name = "contacts"
urlpatterns = [
    path("friends/", friends.friends, name="friends"),
    path("friends/find/", friends.find, name="find"),
    path("friends/files/", files.index, name="files"),
    path("friends/files/upload/", files.upload, name="upload"),
    path("friends/files/export/", files.export, name="export"),
    path("friends/files/<int:pk>/", files.preview, name="import"),
    path("friends/files/<int:pk>/take-in/", files.take_in, name="take-in"),
    path("friends/files/<int:pk>/discard/", files.discard, name="discard-import"),
    path("friends/<int:pk>/", friend.friend, name="friend"),
    path("friends/<int:pk>/values/", friend.edit, name="edit-values"),
    path("friends/<int:pk>/tags/", friend.tagging, name="tagging"),
    path("friends/<int:pk>/name/", friend.reveal, name="reveal"),
    path("friends/<int:pk>/merge/", friend.merge, name="merge"),
    path("friends/merges/<int:pk>/undo/", friend.unmerge, name="unmerge"),
    path("attributes/", attributes.attributes, name="attributes"),
    path("attributes/add/", attributes.add, name="add-attribute"),
    path("attributes/sets/", attributes.install, name="install-set"),
    path("attributes/<int:pk>/", attributes.edit, name="attribute"),
    path("attributes/<int:pk>/arrange/", attributes.arrange, name="arrange-attribute"),
    path("attributes/<int:pk>/options/", attributes.add_option, name="add-option"),
    path("attributes/<int:pk>/options/<int:number>/", attributes.option, name="option"),
    path("origins/", origins.origins, name="origins"),
    path("origins/<int:pk>/", origins.origin, name="origin"),
    path("origins/<int:pk>/arrange/", origins.arrange, name="arrange-origin"),
    path("origins/<int:pk>/code.svg", origins.svg, name="origin-svg"),
    path("origins/<int:pk>/code.png", origins.png, name="origin-png"),
    path("from/<str:key>/", public.origin, name="from"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<int:pk>/", tags.edit, name="tag"),
    path("tags/<int:pk>/remove/", tags.remove, name="remove-tag"),
]
