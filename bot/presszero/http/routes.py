"""Routes with a declared permission. One without does not start; one with is checked before its endpoint runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from presszero.errors import BugError

Permission = Literal["public", "visitor", "site", "operator", "lead", "publisher"]
Endpoint = Callable[[Request], Awaitable[Response]]
Guard = Callable[[Request], Awaitable[None]]
_DECLARED = "presszero_permission"


class Door:
    """Makes routes: ``guards`` say how each permission is checked; they raise Problem when it is not given."""

    def __init__(self, guards: Mapping[Permission, Guard]) -> None:
        self._guards = guards

    def route(self, path: str, endpoint: Endpoint, permission: Permission, methods: Sequence[str] = ("GET",)) -> Route:
        """A route that runs its permission's guard first."""
        guard = self._guards.get(permission)
        if guard is None and permission != "public":
            raise BugError(f"{path}: nobody checks the permission {permission}")

        async def guarded(request: Request) -> Response:
            if guard is not None:
                await guard(request)
            return await endpoint(request)

        made = Route(path, guarded, methods=list(methods), name=getattr(endpoint, "__name__", "route"))
        setattr(made, _DECLARED, permission)
        return made

    def socket(
        self, path: str, endpoint: Callable[[WebSocket], Awaitable[None]], permission: Permission
    ) -> WebSocketRoute:
        """A WebSocket; its endpoint checks the permission with its first frame or its cookies, and declares it here."""
        made = WebSocketRoute(path, endpoint)
        setattr(made, _DECLARED, permission)
        return made


def declared(routes: Iterable[BaseRoute]) -> list[tuple[str, Permission]]:
    """Every route with its permission. Raises BugError for one without."""
    found: list[tuple[str, Permission]] = []
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            found += [(route.path + path, permission) for path, permission in declared(route.routes)]
            continue
        permission = getattr(route, _DECLARED, None)
        path = getattr(route, "path", repr(route))
        if permission is None:
            raise BugError(f"the route {path} declares no permission")
        found.append((path, permission))
    return found


def public(route: BaseRoute) -> BaseRoute:
    """Declares a mount of static files as public."""
    setattr(route, _DECLARED, "public")
    return route
