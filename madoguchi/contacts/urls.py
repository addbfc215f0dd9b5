from django.urls import path

from madoguchi.contacts.views import attributes, tags

app_name = "contacts"
urlpatterns = [
    path("attributes/", attributes.attributes, name="attributes"),
    path("attributes/add/", attributes.add, name="add-attribute"),
    path("attributes/sets/", attributes.install, name="install-set"),
    path("attributes/<int:pk>/", attributes.edit, name="attribute"),
    path("attributes/<int:pk>/arrange/", attributes.arrange, name="arrange-attribute"),
    path("attributes/<int:pk>/options/", attributes.add_option, name="add-option"),
    path("attributes/<int:pk>/options/<int:number>/", attributes.option, name="option"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<int:pk>/", tags.edit, name="tag"),
    path("tags/<int:pk>/remove/", tags.remove, name="remove-tag"),
]
