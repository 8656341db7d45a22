from arrimage.web.menu import MenuEntry

MENU: list[MenuEntry] = []
