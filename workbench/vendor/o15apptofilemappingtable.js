// Microsoft's custom-functions runtime asks for a table of Office hosts beside itself. The workbench has none to offer.
