"""What stands on the agenda of each area, by the area's code."""

from . import centrum, noord, vennep, west, zuidoost, zuidwest

ITEMS = {
    "haarlemmermeer-noord": noord.ITEMS,
    "haarlemmermeer-west": west.ITEMS,
    "haarlemmermeer-zuidoost": zuidoost.ITEMS,
    "hoofddorp-centrum": centrum.ITEMS,
    "hoofddorp-zuidwest": zuidwest.ITEMS,
    "nieuw-vennep": vennep.ITEMS,
}
