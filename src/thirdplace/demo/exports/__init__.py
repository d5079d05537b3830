"""The demo's archives: the same three formats that communities bring, written from the invented months."""
