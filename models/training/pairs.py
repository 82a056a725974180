"""Training text: reading of packed or plain TSV files, `source-name <TAB> French <TAB> English`; licences of sources."""

import lzma
import os


def open_text(path: str):
    return lzma.open(path, "rt", encoding="utf-8") if path.endswith(".xz") else open(path, encoding="utf-8")


def read_pairs(path: str):
    """(source name, French, English) per row; without a name column, the name is the file's."""
    name = os.path.basename(path).split(".")[0]
    with open_text(path) as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 3:
                yield cells[0], cells[1], cells[2]
            elif len(cells) == 2:
                yield name, cells[0], cells[1]


def licence(config, name):
    """The licence class of a source, as sources.json has it."""
    return config["sources"].get(name, config["default"]).get("licence", "unstated")
