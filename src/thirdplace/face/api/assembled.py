"""The API put together, with every definition there is."""

from thirdplace.face.api import (
    communities,
    doing,
    measuring,
    oneself,
    people,
    picturing,
    reading,
    reporting,
    rounds,
    searching,
    telling,
)
from thirdplace.face.api.house import house
from thirdplace.flow import definitions

definitions.load()
api = house()
for router in (
    communities.router,
    rounds.router,
    doing.router(),
    people.router,
    searching.router,
    measuring.router,
    picturing.router,
):
    api.add_router("", router)
for router in (reading.router, reporting.router, telling.router, oneself.router):
    api.add_router("", router)
