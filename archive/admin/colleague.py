"""Colleagues in the admin: an account, its password, its role. Who has a role can sign in here."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.forms import CheckboxSelectMultiple

if TYPE_CHECKING:
    StockUserAdmin = UserAdmin[User]
else:
    StockUserAdmin = UserAdmin

ROLES = ("contributor", "editor", "archivist")  # the groups that the migrations make

admin.site.unregister(User)


@admin.register(User)
class ColleagueAdmin(StockUserAdmin):
    """The stock form with the role in front, from the first step on; single permissions are for exceptions."""

    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "groups")}),
    )
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Role", {"fields": ("groups", "is_active")}),
        ("Name and address", {"fields": ("first_name", "last_name", "email")}),
        ("Beyond the roles", {"classes": ("collapse",), "fields": ("is_staff", "is_superuser", "user_permissions")}),
        ("On record", {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ("user_permissions",)
    list_display = ("username", "first_name", "last_name", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The roles as boxes to tick: there are three."""
        if db_field.name == "groups":
            kwargs |= {
                "widget": CheckboxSelectMultiple,
                "label": "Groups",
                "help_text": "One role is enough to sign in.",
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: Any, obj: User | None = None) -> bool:
        """An administrator's account, and its password, are for administrators, whatever else somebody may."""
        return super().has_change_permission(request, obj) and _is_open_to(request.user, obj)

    def has_delete_permission(self, request: Any, obj: User | None = None) -> bool:
        """As for changing it."""
        return super().has_delete_permission(request, obj) and _is_open_to(request.user, obj)

    def get_actions(self, request: Any) -> Any:
        """All but deleting in bulk, which would not ask for each account."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_readonly_fields(self, request: Any, obj: User | None = None) -> Any:
        """Nobody makes an administrator but an administrator."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_superuser", "user_permissions")

    def get_queryset(self, request: Any) -> Any:
        """With their roles, for the list."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Role")
    def roles(self, user: User) -> str:
        """The groups, or what stands above them."""
        named = ", ".join(group.name for group in user.groups.all())
        return named or ("administrator" if user.is_superuser else "none")


def _is_open_to(actor: User, account: User | None) -> bool:
    return actor.is_superuser or account is None or not account.is_superuser


@receiver(m2m_changed, sender=User.groups.through)
def let_roles_sign_in(action: str, instance: User | Group, pk_set: set[int] | None, **_: Any) -> None:
    """Make staff, who may sign in to the admin, of whoever is given a role, wherever that happens."""
    if action != "post_add" or not pk_set:
        return
    given, users = ({instance.pk}, pk_set) if isinstance(instance, Group) else (pk_set, {instance.pk})
    if Group.objects.filter(pk__in=given, name__in=ROLES).exists():
        User.objects.filter(pk__in=users, is_staff=False).update(is_staff=True)
        if isinstance(instance, User):
            instance.is_staff = True
